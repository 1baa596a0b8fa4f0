"""Học Vụ Số: run the movement "Bình dân học vụ số" from plan to proof."""

__version__ = "0.1.0"
