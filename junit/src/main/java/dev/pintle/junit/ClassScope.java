package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import dev.pintle.embed.Savepoint;
import org.jspecify.annotations.Nullable;

/// The tests of one class, and the server that they have in turn. One of a class within another shares that one's server where it can.
///
/// What shares a server runs in turn: whatever runs at the same time is given one of its own.
final class ClassScope implements AutoCloseable {
  private final ServerRequirements wishes;

  /// Of this class and all around it.
  private final Manifests manifests;

  private final @Nullable ClassScope owner;
  private final @Nullable PintleServer server;
  private final @Nullable TestResources handles;

  /// What each test begins with, once the first one did; null before.
  private @Nullable Savepoint beginning;

  private ClassScope(
      ServerRequirements wishes,
      Manifests manifests,
      @Nullable ClassScope owner,
      @Nullable PintleServer server) {
    this.wishes = wishes;
    this.manifests = manifests;
    this.owner = owner;
    this.server = server;
    this.handles = server == null ? null : new TestResources(server);
  }

  /// A class with a server of its own, or with one for each method.
  static ClassScope owning(ServerRequirements wishes, Manifests manifests) {
    return new ClassScope(
        wishes,
        manifests,
        null,
        wishes.per() == ServerPer.METHOD ? null : started(wishes, manifests));
  }

  /// A class within the one of `outer`, whose server it shares: what it needs more comes to what tests of that one begin with.
  static ClassScope sharing(ClassScope outer, Manifests own) {
    PintleServer server = outer.server;
    if (server != null) {
      outer.rewind();
      own.applyTo(server);
    }
    return new ClassScope(outer.wishes, outer.manifests.and(own), outer, server);
  }

  private static PintleServer started(ServerRequirements wishes, Manifests manifests) {
    PintleServer server = wishes.start();
    try {
      manifests.applyTo(server);
      return server;
    } catch (RuntimeException | Error failed) {
      server.close();
      throw failed;
    }
  }

  ServerRequirements wishes() {
    return wishes;
  }

  Manifests manifests() {
    return manifests;
  }

  /// Null where each method has its own.
  @Nullable PintleServer server() {
    return server;
  }

  /// What methods before and after all tests are given.
  TestResources handles() {
    if (handles == null) {
      throw new PintleTestException(
          "no server here: with ServerPer.METHOD there is one from @BeforeEach on only (expected: the parameter there or in a test, or ServerPer.CLASS)");
    }
    return handles;
  }

  /// Begins a test that shares the server.
  MethodScope begin(Manifests more) {
    PintleServer shared = server;
    if (shared == null) {
      return apart(more);
    }
    rewind();
    more.applyTo(shared);
    return MethodScope.sharing(shared);
  }

  /// Begins a test with a server of its own.
  MethodScope apart(Manifests more) {
    return MethodScope.owning(started(wishes, manifests.and(more)));
  }

  private void rewind() {
    PintleServer shared = server;
    if (shared == null) {
      return;
    }
    if (beginning == null) {
      beginning = shared.savepoint();
    } else {
      shared.reset(beginning);
    }
  }

  @Override
  public void close() {
    try {
      if (handles != null) {
        handles.close();
      }
    } finally {
      if (owner == null && server != null) {
        server.close();
      }
    }
  }
}
