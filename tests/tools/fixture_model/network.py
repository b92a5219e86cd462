"""Whisper's own modules with only the trained subset of the token table, and the checkpoint made from them.

How the weight-tied output layer is kept from ever choosing an untrained token: one hidden channel (RESERVED) leaves the
final LayerNorm as the constant 1 (weight 0, bias 1). Trained rows hold 0 there, every untrained row holds only
UNUSED_LOGIT there, so its logit is UNUSED_LOGIT whatever the sound. The softmax in training therefore runs over the
trained rows alone, exactly.
"""

import math
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - the name everyone knows
from torch import nn
from whisper.model import ModelDimensions, Whisper, sinusoids

from fixture_model.vocabulary import ROWS, TIME_ROW, USED

WIDTH, ENCODER_LAYERS, DECODER_LAYERS, ENCODER_HEADS, DECODER_HEADS = 64, 3, 2, 4, 2
RESERVED, UNUSED_LOGIT = WIDTH - 1, -100.0
DIMS = {
    "n_mels": 80,
    "n_vocab": 51865,
    "n_audio_ctx": 1500,
    "n_audio_state": WIDTH,
    "n_audio_head": ENCODER_HEADS,
    "n_audio_layer": ENCODER_LAYERS,
    "n_text_ctx": 448,
    "n_text_state": WIDTH,
    "n_text_head": DECODER_HEADS,
    "n_text_layer": DECODER_LAYERS,
}


class Trainee(nn.Module):
    """The network in training; `table` has one row for each trained token."""

    def __init__(self) -> None:
        super().__init__()
        whole = Whisper(ModelDimensions(**DIMS))
        self.enc, self.dec = whole.encoder, whole.decoder
        self.dec.token_embedding = nn.Identity()  # replaced by the table below
        table = torch.randn(ROWS, WIDTH) * 0.15
        table[TIME_ROW:] = sinusoids(1501, WIDTH) * 0.25  # time tokens start as time codes
        table[:, RESERVED] = 0
        self.table = nn.Parameter(table)
        unknown = torch.zeros(1, WIDTH)
        unknown[0, RESERVED] = UNUSED_LOGIT
        self.register_buffer("unk", unknown)
        with torch.no_grad():
            self.dec.positional_embedding.copy_(sinusoids(448, WIDTH) * 0.15)
            self.dec.ln.weight[RESERVED], self.dec.ln.bias[RESERVED] = 0, 1
            self.enc.conv2.weight *= 4
            self._start_local()

    def _start_local(self) -> None:
        """Start each encoder head looking at a fixed small offset (rotated sinusoid match)."""
        half, head_width = WIDTH // 2, WIDTH // ENCODER_HEADS
        frequency = torch.exp(-math.log(10000) / (half - 1) * torch.arange(half))
        reach = [((2, 5), 1), ((5, 12), 3), ((8, 20), 4)]  # near and far offset in frames, first frequency
        for block, ((near, far), lowest) in zip(self.enc.blocks, reach, strict=True):
            q, k = block.attn.query, block.attn.key
            for tensor in (q.weight, k.weight):
                tensor.mul_(0.3)
            q.bias.zero_()
            for head, delta in enumerate([-far, -near, near, far]):
                for j in range(head_width // 2):
                    f, row = lowest + j, head * head_width + 2 * j
                    c, s = math.cos(frequency[f] * delta), math.sin(frequency[f] * delta)
                    q.weight[row, f] += 1.5
                    q.weight[row + 1, half + f] += 1.5
                    k.weight[row, f] += 1.5 * c
                    k.weight[row, half + f] -= 1.5 * s
                    k.weight[row + 1, half + f] += 1.5 * c
                    k.weight[row + 1, f] += 1.5 * s

    def encode(self, mel: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        """Mel (B, 80, 2T) at encoder positions (B, T) -> (B, T, WIDTH)."""
        x = F.gelu(self.enc.conv1(mel))
        x = F.gelu(self.enc.conv2(x)).permute(0, 2, 1) + self.enc.positional_embedding[positions]
        for block in self.enc.blocks:
            x = block(x)
        return self.enc.ln_post(x)

    def decode(self, tokens: torch.Tensor, heard: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits over the trained rows (B, L, ROWS), log cross-attention of the last layer (B, H, L, T)."""
        decoder = self.dec
        x = F.embedding(tokens, torch.cat([self.table, self.unk])) + decoder.positional_embedding[: tokens.shape[1]]
        *blocks, last = decoder.blocks
        for block in blocks:
            x = x + block.attn(block.attn_ln(x), mask=decoder.mask)[0]
            x = x + block.cross_attn(block.cross_attn_ln(x), heard)[0]
            x = x + block.mlp(block.mlp_ln(x))
        x = x + last.attn(last.attn_ln(x), mask=decoder.mask)[0]
        told, attention = self._listen(last.cross_attn, last.cross_attn_ln(x), heard)
        x = x + told
        x = x + last.mlp(last.mlp_ln(x))
        return decoder.ln(x) @ self.table.T, attention

    @staticmethod
    def _listen(attention: nn.Module, x: torch.Tensor, heard: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Cross-attention that also tells where it looked."""

        def heads(z: torch.Tensor) -> torch.Tensor:
            return z.unflatten(-1, (DECODER_HEADS, -1)).transpose(1, 2)

        q, k, v = heads(attention.query(x)), heads(attention.key(heard)), heads(attention.value(heard))
        looks = (q * (WIDTH // DECODER_HEADS) ** -0.5 @ k.transpose(-1, -2)).float().log_softmax(-1)
        return attention.out((looks.exp() @ v).transpose(1, 2).flatten(2)), looks


def export(network: Trainee, path: Path) -> None:
    """Write the checkpoint in openai-whisper's format, float16, the untrained rows filled in."""
    whole = Whisper(ModelDimensions(**DIMS))
    state = {f"encoder.{key}": value for key, value in network.enc.state_dict().items()}
    state |= {f"decoder.{key}": value for key, value in network.dec.state_dict().items()}
    embedding = torch.zeros(DIMS["n_vocab"], WIDTH)
    embedding[:, RESERVED] = UNUSED_LOGIT
    embedding[torch.tensor(USED)] = network.table.detach()
    state["decoder.token_embedding.weight"] = embedding
    state = {key: value.detach().to(torch.float16).contiguous() for key, value in state.items()}
    whole.load_state_dict(state)  # every key present, every shape right
    torch.save({"dims": DIMS, "model_state_dict": state}, path)
