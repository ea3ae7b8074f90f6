"""stub"""
from redline.model import Document


def render(document: Document) -> str:
    return document.source.text
