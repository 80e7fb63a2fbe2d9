"""Models: the calls that read a trained model into memory, seconds and gigabytes long."""

from __future__ import annotations

LOADERS: frozenset[str] = frozenset(
    {
        "catboost.CatBoost.load_model",
        "diffusers.DiffusionPipeline.from_pretrained",
        "easyocr.Reader",
        "faster_whisper.WhisperModel",
        "keras.models.load_model",
        "llama_cpp.Llama",
        "open_clip.create_model_and_transforms",
        "paddleocr.PaddleOCR",
        "sentence_transformers.CrossEncoder",
        "sentence_transformers.SentenceTransformer",
        "spacy.load",
        "tensorflow.keras.models.load_model",
        "tensorflow.saved_model.load",
        "torch.hub.load",
        "torch.load",
        "transformers.pipeline",
        "ultralytics.YOLO",
        "vllm.LLM",
        "whisper.load_model",
    }
)
"""Functions, and classes whose constructor does it, by qualified names (each library's own documentation)."""

LOADING_METHODS: frozenset[str] = frozenset({"from_pretrained"})
"""Class methods of the classes of `LOADING_PACKAGES` that do it."""

LOADING_PACKAGES: frozenset[str] = frozenset({"diffusers", "peft", "transformers"})
"""Packages whose classes have `LOADING_METHODS`."""

LIGHT_CLASSES: tuple[str, ...] = ("Config", "Tokenizer", "TokenizerFast", "FeatureExtractor", "ImageProcessor")
"""Endings of the names of their classes that hold no weights."""

GPU_LIBRARIES: frozenset[str] = frozenset(
    {
        "cupy",
        "diffusers",
        "faster_whisper",
        "jax",
        "llama_cpp",
        "sentence_transformers",
        "tensorflow",
        "torch",
        "transformers",
        "ultralytics",
        "vllm",
        "whisper",
    }
)
"""Top-level packages that take memory of a graphics card and keep it for as long as their process lives."""
