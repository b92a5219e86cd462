"""Sound in and out: microphones, loudspeaker, foreign files, resampling, WAV. The only room that knows a sound card."""
