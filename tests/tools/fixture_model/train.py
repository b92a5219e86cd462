"""Train a tiny Whisper from scratch on espeak-ng speech over the closed set in sentences.json.

The result is an ordinary openai-whisper checkpoint ({'dims', 'model_state_dict'}, multilingual vocabulary of 51865) for
end-to-end tests. It knows these sentences and nothing else. About 70 minutes on two cores, from `tests/tools`:

    python -m fixture_model.train corpus            # render and cache the training speech (corpus.pt)
    python -m fixture_model.train train --stage 1 --steps 3200 --until 1200
    python -m fixture_model.train train --stage 2 --steps 1600 --until 700 --lr 1.5e-3
    python -m fixture_model.train train --stage 3 --steps 1400 --lr 1.2e-3
    python -m fixture_model.train train --stage 4 --steps 1050 --lr 1e-3
    python -m fixture_model.train train --stage 5 --steps 360 --lr 6e-4
                                                    # each stage writes state.pt and tiny-interview.pt
    python -m fixture_model.train export            # state.pt -> tiny-interview.pt

Seeded, but a rerun follows the recipe without giving the same weights: espeak-ng's samples depend a little on what it
spoke before, and the augmentation was changed between the stages of the checkpoint in `resources/demo`.
"""

import argparse
import math
import time

import numpy as np
import torch
from torch import nn

from fixture_model import corpus, synth
from fixture_model.network import RESERVED, Trainee, export
from fixture_model.vocabulary import ROWS, TIME_ROW
from fixture_model.windows import Pack, Windows

STATE = synth.HERE / "state.pt"
CHECKPOINT = synth.HERE / "tiny-interview.pt"
WARM_UP = 150  # steps
LOG_EVERY = 50  # steps

# Stage 1 teaches hearing on short crops of the 30 s window (cheap); stage 2 goes to the full window. Lists of
# (encoder frames, batch size, weight), each used until that fraction of the steps.
_FULL = [(1.0, [(400, 32, 0.4), (900, 12, 0.6), (1500, 8, 2)])]
STAGES = {
    1: [(1.0, [(200, 64, 1), (300, 48, 1), (400, 32, 1)])],
    2: [
        (0.15, [(400, 32, 1), (600, 20, 1), (900, 12, 1)]),
        (1.0, [(400, 32, 0.5), (900, 12, 0.7), (1500, 8, 2)]),
    ],
    3: _FULL,
    4: _FULL,
    5: _FULL,
}


def soft_time_loss(logits: torch.Tensor, log_sum: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Time tokens: the target is spread over neighbours (the truth itself is good to about 20 ms)."""
    offsets = torch.arange(-3, 4)
    weights = torch.exp(-(offsets**2) / (2 * 1.2**2))
    near = (rows[:, None] + offsets).clamp(TIME_ROW, ROWS - 1)
    weights = (weights / weights.sum()).expand(len(rows), -1)
    return log_sum - (logits.gather(1, near) * weights).sum(1)


def guided_attention(attention: torch.Tensor, spans: torch.Tensor, frames: int) -> torch.Tensor:
    """The position predicting a token looks at that token's stretch of sound; 0 at a perfect match."""
    has = spans[..., 1] > spans[..., 0]
    first, last = spans[has][:, :1].clamp(0, frames - 1), spans[has][:, 1:].clamp(max=frames)
    last = torch.maximum(last, first + 1)
    t = torch.arange(frames)
    target = (torch.minimum(t + 1, last) - torch.maximum(t, first)).clamp(0, 1)
    target = target / target.sum(1, keepdim=True)
    looks = attention.permute(0, 2, 1, 3)[has]  # positions, heads, frames
    entropy = -(target * (target + 1e-9).log()).sum(-1)
    return -(looks * target[:, None]).sum(-1).mean() - entropy.mean()


def losses(
    network: Trainee, heard: torch.Tensor, pack: Pack, frames: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, float, float]:
    """Negative log likelihood, squared log partition, attention loss, text accuracy, median time error in frames."""
    tokens, targets, spans, index = pack
    logits, attention = network.decode(tokens, heard if len(index) == len(heard) else heard[index])
    keep = targets >= 0
    given, wanted = logits[keep], targets[keep]
    log_sum = given.logsumexp(-1)
    nll = log_sum - given.gather(1, wanted[:, None])[:, 0]
    is_time = (wanted >= TIME_ROW) & (wanted < ROWS)
    if is_time.any():
        nll = nll.masked_scatter(is_time, soft_time_loss(given[is_time], log_sum[is_time], wanted[is_time]))
    guide = guided_attention(attention, spans, frames)
    with torch.no_grad():
        text = wanted < TIME_ROW
        accuracy = (given.argmax(-1) == wanted)[text].float().mean().item()
        guess = given[is_time][:, TIME_ROW:].argmax(-1) + TIME_ROW if is_time.any() else wanted[is_time]
        error = (guess - wanted[is_time]).abs().float().median().item() if is_time.any() else 0.0
    return nll.mean(), (log_sum**2).mean(), guide, accuracy, error


class Trainer:
    """One stage of training; keeps the state on disk every hundred steps."""

    def __init__(self, stage: int, steps: int, rate: float, guide: float) -> None:
        torch.manual_seed(corpus.SEED)
        torch.set_num_threads(2)
        self.stage, self.steps, self.rate, self.guide = stage, steps, rate, guide
        self.windows = Windows(stage)
        self.network = Trainee()
        if stage > 1:
            self.network.load_state_dict(torch.load(STATE))
        self.optimizer = self._optimizer()
        self.seen: list[dict[str, tuple[float, ...]]] = []

    def _optimizer(self) -> torch.optim.Optimizer:
        decayed, free = [], []
        for name, parameter in self.network.named_parameters():
            plain = parameter.dim() > 1 and "table" not in name and "position" not in name
            (decayed if plain else free).append(parameter)
        groups = [{"params": decayed, "weight_decay": 0.02}, {"params": free, "weight_decay": 0}]
        return torch.optim.AdamW(groups, lr=self.rate, betas=(0.9, 0.98), eps=1e-8)

    def run(self, until: int | None) -> None:
        began = time.time()
        last = (until or self.steps) - 1
        for step in range(last + 1):
            self._step(step)
            if step % LOG_EVERY == LOG_EVERY - 1 or step == 9:
                self._report(step, time.time() - began)
            if step % 100 == 99 or step == last:
                torch.save(self.network.state_dict(), STATE)
                export(self.network, CHECKPOINT)

    def _step(self, step: int) -> None:
        done = step / self.steps
        phase = next(sizes for end, sizes in STAGES[self.stage] if done < end)
        weights = np.array([size[2] for size in phase], float)
        frames, size, _ = phase[self.windows.rng.choice(len(phase), p=weights / weights.sum())]
        for group in self.optimizer.param_groups:
            cosine = 0.5 * (1 + math.cos(math.pi * done)) * 0.97 + 0.03
            group["lr"] = self.rate * min(1, (step + 1) / WARM_UP) * cosine
        mel, positions, packs = self.windows.batch(size, frames, prompts=self.stage > 1 or done > 0.25)
        heard = self.network.encode(mel, positions)
        loss = torch.zeros(())
        seen = {}
        for name, pack in zip(("timed", "plain"), packs, strict=True):
            if pack is not None:
                nll, partition, guide, accuracy, error = losses(self.network, heard, pack, frames)
                loss = loss + nll + 1e-4 * partition + self.guide * guide
                seen[name] = (nll.item(), guide.item(), accuracy, error)
        self.seen.append(seen)
        self._learn(loss)

    def _learn(self, loss: torch.Tensor) -> None:
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        # The reserved channel stays what it is: 0 in the table, the constant 1 out of the last norm.
        self.network.table.grad[:, RESERVED] = 0
        self.network.dec.ln.weight.grad[RESERVED] = 0
        self.network.dec.ln.bias.grad[RESERVED] = 0
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()

    def _report(self, step: int, seconds: float) -> None:
        parts = [f"{step + 1:5d} {seconds:6.0f} s"]
        for name in ("timed", "plain"):
            figures = [one[name] for one in self.seen if name in one]
            if figures:
                nll, guide, accuracy, error = np.mean(figures, axis=0)
                parts.append(f"{name} nll {nll:.3f} guide {guide:.2f} accuracy {accuracy:.3f} time error {error:.1f}")
        print(" | ".join(parts), flush=True)
        self.seen = []


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the fixture model.")
    parser.add_argument("what", choices=["corpus", "train", "export"])
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--guide", type=float, default=0.3, help="weight of the attention loss")
    parser.add_argument("--stage", type=int, choices=list(STAGES), default=1, help="2 and later continue from state.pt")
    parser.add_argument("--until", type=int, help="stop early, keeping the schedule of --steps")
    given = parser.parse_args()
    if given.what == "corpus":
        corpus.build()
    elif given.what == "train":
        Trainer(given.stage, given.steps, given.lr, given.guide).run(given.until)
    else:
        network = Trainee()
        network.load_state_dict(torch.load(STATE))
        export(network, CHECKPOINT)


if __name__ == "__main__":
    main()
