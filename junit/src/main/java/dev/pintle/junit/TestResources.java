package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The clients and files that were made for one test, or for the methods before and after all tests of a class: each made once, and closed
/// in reverse.
final class TestResources implements AutoCloseable {
  private final PintleServer server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Object> made = new HashMap<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  TestResources(PintleServer server) {
    this.server = server;
  }

  private record Key(ParameterKind wanted, ActingUser who) {}

  Object get(ParameterKind wanted, ActingUser who) {
    lock.lock();
    try {
      Key key = new Key(wanted, wanted.isForNobody() ? ActingUser.ADMINISTRATOR : who);
      Object known = made.get(key);
      if (known == null) {
        known = wanted.make(server, key.who(), this);
        made.put(key, known);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  void closeLater(AutoCloseable handle) {
    open.push(handle);
  }

  /// A file in a folder of this user's own, until the test is over.
  Path file(String name, String content) {
    try {
      Path folder = Files.createTempDirectory("pintle-test-");
      Path file = folder.resolve(name);
      closeLater(() -> {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      });
      return Files.writeString(file, content);
    } catch (IOException failed) {
      throw new PintleTestException("a %s cannot be written".formatted(name), failed);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      RuntimeException failure = null;
      while (!open.isEmpty()) {
        failure = closed(open.pop(), failure);
      }
      made.clear();
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable RuntimeException closed(
      AutoCloseable handle, @Nullable RuntimeException failure) {
    try {
      handle.close();
      return failure;
    } catch (Exception failed) {
      PintleTestException told = new PintleTestException("a client cannot be closed", failed);
      if (failure != null) {
        failure.addSuppressed(told);
        return failure;
      }
      return told;
    }
  }
}
