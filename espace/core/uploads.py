"""Refuses a file that is far too big before reading it, so that memory and disk stay calm."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

FORM_ROOM = 64 * 1024
"""Bytes left for the other fields and the borders of a form that carries a file."""


def is_too_big(announced_bytes: int) -> bool:
    """Tell whether a form of that size carries more than the largest file we read."""
    return announced_bytes > settings.IMPORT_MAX_BYTES + FORM_ROOM


class SizeCap(FileUploadHandler):
    """First of the upload handlers: drops the file of a form that announces too many bytes.

    The fields before the file stay readable, so the page can say kindly what happened.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 -- the name Django calls it by
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.refused = is_too_big(content_length)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.refused:
            raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
