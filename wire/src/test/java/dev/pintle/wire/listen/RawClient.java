package dev.pintle.wire.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A socket that says exactly what it is told.
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) WireFixture.PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The same, but a server that has closed already is no failure.
  RawClient trySend(byte[] bytes) {
    try {
      return send(bytes);
    } catch (UncheckedIOException closed) {
      return this;
    }
  }

  byte[] read(int bytes) {
    try {
      byte[] got = in.readNBytes(bytes);
      if (got.length < bytes) {
        throw new AssertionError(
            "the connection ended after %d of %d bytes".formatted(got.length, bytes));
      }
      return got;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Reads until `end` has come; returns all of it.
  String readUntil(String end) {
    StringBuilder got = new StringBuilder();
    try {
      while (got.indexOf(end) < 0) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError(
              "the connection ended before '%s' came, after: %s".formatted(end, got));
        }
        got.append((char) next);
      }
    } catch (IOException failed) {
      throw new AssertionError("waited for '%s', got: %s".formatted(end, got), failed);
    }
    return got.toString();
  }

  /// Reads until the server closes; a reset counts as closing.
  byte[] readToEnd() {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try {
      byte[] piece = new byte[8192];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        got.write(piece, 0, n);
      }
    } catch (SocketTimeoutException open) {
      throw new AssertionError("the connection is still open, after: " + got, open);
    } catch (SocketException reset) {
      return got.toByteArray();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return got.toByteArray();
  }

  String readTextToEnd() {
    return new String(readToEnd(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
