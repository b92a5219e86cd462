"""Speech into text on this machine: model files, engines, where sound is cut, and what in a draft is doubtful."""
