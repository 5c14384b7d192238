package dev.pintle.kube.audit;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// JSON as one line: the same without what stands between its parts.
final class OneLine {
  private final ByteArrayOutputStream out;
  private boolean inText;
  private boolean escaped;

  OneLine(int bytesAtFirst) {
    this.out = new ByteArrayOutputStream(bytesAtFirst);
  }

  OneLine add(List<byte[]> pieces) {
    pieces.forEach(this::add);
    return this;
  }

  /// Copies what stands together at once.
  private void add(byte[] piece) {
    int from = 0;
    for (int at = 0; at < piece.length; at++) {
      byte each = piece[at];
      if (inText) {
        inText = escaped || each != '"';
        escaped = !escaped && each == '\\';
      } else if (each == '"') {
        inText = true;
      } else if (each == ' ' || each == '\n' || each == '\t' || each == '\r') {
        out.write(piece, from, at - from);
        from = at + 1;
      }
    }
    out.write(piece, from, piece.length - from);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
