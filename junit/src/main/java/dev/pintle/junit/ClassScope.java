package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import dev.pintle.embed.Savepoint;
import java.util.concurrent.locks.ReentrantLock;
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

  private final ReentrantLock lock = new ReentrantLock();

  /// What each test begins with, once the first one did; null before. Guarded by `lock`.
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

  /// A class within the one of `outer` that runs beside others there: with a server of its own, on which is what tests of that one begin with.
  static ClassScope branching(ClassScope outer, Manifests own) {
    Manifests all = outer.manifests.and(own);
    PintleServer shared = outer.server;
    return shared == null
        ? owning(outer.wishes, all)
        : new ClassScope(outer.wishes, all, null, outer.branched(shared, own));
  }

  private PintleServer branched(PintleServer shared, Manifests more) {
    PintleServer branch = shared.branch(beginning(shared));
    try {
      more.applyTo(branch);
      return branch;
    } catch (RuntimeException | Error failed) {
      branch.close();
      throw failed;
    }
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

  /// Begins a test with a server of its own, which has what those have that share one.
  MethodScope apart(Manifests more) {
    PintleServer shared = server;
    return MethodScope.owning(
        shared == null ? started(wishes, manifests.and(more)) : branched(shared, more));
  }

  /// What is there when the first test begins.
  private Savepoint beginning(PintleServer shared) {
    lock.lock();
    try {
      Savepoint known = beginning;
      if (known == null) {
        known = shared.savepoint();
        beginning = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /// Leads the shared server back to that; for the first test it is there already.
  private void rewind() {
    PintleServer shared = server;
    if (shared == null) {
      return;
    }
    Savepoint known;
    lock.lock();
    try {
      known = beginning;
      if (known == null) {
        beginning = shared.savepoint();
      }
    } finally {
      lock.unlock();
    }
    if (known != null) {
      shared.reset(known);
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
