package dev.pintle.embed;

import dev.pintle.embed.faults.FaultInjection;
import dev.pintle.embed.requests.Changes;
import dev.pintle.embed.requests.RequestLog;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.ControllerSelection;
import dev.pintle.kube.KubeConfig;
import dev.pintle.member.clock.MovableTime;
import dev.pintle.server.Program;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.pki.Credential;
import dev.pintle.server.pki.EtcdPki;
import dev.pintle.server.pki.Pki;
import dev.pintle.server.ready.Kubeconfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// A running server within this JVM: the Kubernetes API and the etcd store below it, each on a free port of 127.0.0.1, with TLS, and its
/// administrator's credentials.
///
/// ```java
/// try (PintleServer server = PintleServer.builder().start()) {
///   Config config = Config.fromKubeconfig(server.kubeconfig());
///   …
/// }
/// ```
///
/// It is real: what clients send is authenticated, authorized (RBAC), admitted and validated as kube-apiserver 1.37 does, and written to a
/// store that watches are fed from. It changes nothing of the process: no system property, no hook, no file beside a folder that was asked
/// for, and no thread that outlives [#close]. Servers in one JVM know nothing of one another. All methods may be called by any thread.
public final class PintleServer implements AutoCloseable {
  /// What the first objects may take; a start that needs it is stuck.
  private static final Duration START_MAX = Duration.ofSeconds(60);

  private final Program program;
  private final MovableTime time;
  private final Baseline baseline;
  private final ServerClock clock;
  private final ServerInterception interception;
  private final ReentrantLock resetting = new ReentrantLock();

  private PintleServer(
      Program program, MovableTime time, Baseline baseline, ServerInterception interception) {
    this.program = program;
    this.time = time;
    this.baseline = baseline;
    this.clock = new ServerClock(program, time);
    this.interception = interception;
  }

  /// A server with everything on, that keeps nothing, unless more is said.
  public static Builder builder() {
    return new Builder();
  }

  /// The controllers that a server runs itself, by the names that kube-controller-manager has for them.
  public static Set<String> controllers() {
    return Set.copyOf(ControllerSelection.KNOWN);
  }

  /// Where the Kubernetes API is served: `https://127.0.0.1:PORT`.
  public URI url() {
    return URI.create(program.endpoints().kube().orElseThrow());
  }

  /// A kubeconfig by which its reader is the administrator, in the group `system:masters`; YAML, a secret.
  public String kubeconfig() {
    return Kubeconfig.text(url().toString(), pki());
  }

  /// Writes the [#kubeconfig], readable by this user only, for programs that want a file; it is the caller's to delete.
  ///
  /// @param file is replaced when it is there; its folder must be
  public Path writeKubeconfig(Path file) throws IOException {
    Kubeconfig.write(file, url().toString(), pki());
    return file;
  }

  /// The certificate of the authority by which clients know the server, PEM.
  public String caCertificate() {
    return pki().authority().pem();
  }

  /// The bearer token of the administrator, good until [#close]; a secret.
  public String token() {
    return pki().adminToken();
  }

  /// How client libraries reach the Kubernetes API as its administrator.
  public ClientSettings clientSettings() {
    Pki pki = pki();
    return new ClientSettings(
        url().toString(),
        "default",
        base64(pki.authority().pem()),
        pki.adminToken(),
        base64(pki.admin().certificatePem()),
        base64(pki.admin().keyPem()),
        pki.admin().key().getAlgorithm());
  }

  /// How client libraries reach the Kubernetes API as somebody else, by a certificate of the server's authority: to the server `user` is who
  /// asks, as if they had always been, and may do what roles allow them. Nobody has to be made first. Takes about a millisecond.
  ///
  /// @param user a name; that of a service account (`system:serviceaccount:NAMESPACE:NAME`) is in the groups of service accounts, too
  /// @param groups beside `system:authenticated`
  /// @return without a token
  /// @throws IllegalArgumentException when a name is blank
  public ClientSettings clientSettings(String user, String... groups) {
    Pki pki = pki();
    Credential issued = UserCredentials.issue(pki, user, List.of(groups), false);
    return new ClientSettings(
        url().toString(),
        "default",
        base64(pki.authority().pem()),
        "",
        base64(issued.certificatePem()),
        base64(issued.keyPem()),
        issued.key().getAlgorithm());
  }

  /// A kubeconfig by which its reader is `user`, as in [#clientSettings(String, String...)]; YAML, a secret. Its key is one of RSA, since many
  /// clients take no other from a kubeconfig: to make it takes a good part of a second.
  ///
  /// @throws IllegalArgumentException when a name is blank
  public String kubeconfig(String user, String... groups) {
    Pki pki = pki();
    return Kubeconfig.text(
        url().toString(), pki, UserCredentials.issue(pki, user, List.of(groups), true));
  }

  /// How clients of etcd reach the store.
  public EtcdConnection etcd() {
    EtcdPki pki = program.etcdPki().orElseThrow();
    return new EtcdConnection(
        URI.create(program.endpoints().etcd().orElseThrow().url()),
        pki.authority().pem(),
        pki.client().certificatePem(),
        pki.client().keyPem());
  }

  /// The revision of the store, which every write makes greater; the `resourceVersion` of a list that is made now is no smaller.
  public long revision() {
    return program.member().view().revision();
  }

  /// Makes the cluster what it was when it was started, at once: what was made since is gone, finalizers or not, and what the cluster
  /// started with is there as it was. Ports, credentials and connections stay, and the [#clock] where it was moved to.
  ///
  /// It is one write among others: the revision grows, and open watches go on and are told of every object that went, so that caches of
  /// clients are as right after it as before, and none has to list anew. What others write meanwhile may stay. Where a namespace or a definition that it started with was changed
  /// or deleted, it takes some 50 ms more, until the server's own controllers no longer empty it. When it returns, all reads see
  /// it; what the server derives from objects (types that were defined, admission) follows within milliseconds, as after any write.
  ///
  /// Faults that were asked for are taken away, and the log of requests begins anew: what follows is another test.
  ///
  /// @throws IllegalStateException when the server is closed
  public void reset() {
    restore(baseline);
  }

  /// As [#reset()], to what the cluster was at a later moment.
  ///
  /// @throws IllegalArgumentException when the moment is not one of this server
  /// @throws IllegalStateException when the server is closed
  public void reset(Savepoint moment) {
    restore(moment.contentOf(this));
  }

  /// What the cluster is now, to come back to it by [#reset(Savepoint)] any number of times.
  public Savepoint savepoint() {
    return new Savepoint(this, Baseline.of(program.member().view()));
  }

  private void restore(Baseline moment) {
    resetting.lock();
    try {
      requireOpen("reset");
      interception.reset();
      moment.restore(program.member());
    } finally {
      resetting.unlock();
    }
  }

  /// The requests that the Kubernetes API has received.
  public RequestLog requests() {
    return interception.requests();
  }

  /// The faults of the Kubernetes API: none unless they are asked for.
  public FaultInjection faults() {
    return interception.faults();
  }

  /// The objects that two moments differ in.
  ///
  /// @param from a revision, such as [#revision] answered then
  /// @param to a later one, or the same
  /// @throws IllegalArgumentException when they are in no such order, or `to` was not reached yet
  /// @throws IllegalStateException when the history of `from` was compacted
  public Changes changes(long from, long to) {
    return ContentDiff.of(program.member().view(), from, to);
  }

  /// Another server, with a copy of all that this one holds now; from then on both go their own ways. Revisions go on from this one's, and
  /// leases with the time that they have left.
  ///
  /// It listens on ports of its own, and has the credentials of this one, since what it holds was made with them: tokens of service
  /// accounts and certificates are good at both, and a client of this server needs another URL and nothing else. It keeps nothing, also
  /// where this one has a folder, and is closed by itself: closing one leaves the other. Its clock shows what this one's shows, and is moved
  /// apart from it; its [#reset] leads back to the copy. Its requests are its own, and no faults befall them.
  ///
  /// The store is shared until one of them changes it. Of a server with a folder it is read.
  ///
  /// @throws PintleStartException when it cannot start, with nothing left open
  /// @throws IllegalStateException when this server is closed
  public PintleServer branch() {
    requireOpen("branch");
    MovableTime later = time.branch();
    ServerInterception untried = new ServerInterception();
    Program copy;
    try {
      copy = program.branch(later, untried::in);
    } catch (StartException refused) {
      throw new PintleStartException(String.valueOf(refused.getMessage()), refused);
    }
    return new PintleServer(copy, later, Baseline.of(copy.copied().orElseThrow()), untried);
  }

  /// As [#branch()], with what this server held at `moment`, to which the branch's [#reset] leads back. What was written since is undone in the
  /// branch, by one write: it has the revision after this server's.
  ///
  /// @throws IllegalArgumentException when the moment is not one of this server
  public PintleServer branch(Savepoint moment) {
    Baseline content = moment.contentOf(this);
    PintleServer copy = branch();
    try {
      content.restore(copy.program.member());
      return new PintleServer(copy.program, copy.time, content, copy.interception);
    } catch (RuntimeException | Error failed) {
      copy.close();
      throw failed;
    }
  }

  /// Everything that it holds.
  List<KeyValue> entries() {
    List<KeyValue> entries = new ArrayList<>();
    program
        .member()
        .view()
        .scan(
            RangeRequest.of(KeyRange.ALL),
            entry -> {
              entries.add(entry);
              return true;
            });
    return entries;
  }

  /// Waits until all of its own controllers have begun.
  void awaitSettled() {
    program.settled().join();
  }

  private void requireOpen(String what) {
    if (program.isClosing()) {
      throw new IllegalStateException(what + ": of a closed server (expected: one that is open)");
    }
  }

  /// What the server held at an earlier moment, such as `server.at(before)` where `before` is what [#revision] answered then, or a
  /// `resourceVersion`.
  ///
  /// @param revision of the store, from 1 to that of now
  /// @throws IllegalArgumentException when it was not reached yet
  /// @throws CompactedRevisionException when its history is gone
  public PastContent at(long revision) {
    long newest = revision();
    if (revision < 1 || revision > newest) {
      throw new IllegalArgumentException(
          "revision: %d (expected: 1 to %d)".formatted(revision, newest));
    }
    long oldest = program.member().view().compactedRevision();
    if (revision < oldest) {
      throw new CompactedRevisionException(revision, oldest);
    }
    return new PastContent(program, revision);
  }

  /// The time of the cluster, which a test moves ahead instead of waiting.
  public ServerClock clock() {
    return clock;
  }

  /// Ends the server: requests that are under way have three seconds, watches end now. Everything that was kept in memory is gone. Closing
  /// again does nothing.
  @Override
  public void close() {
    interception.endDelays();
    program.close();
  }

  /// Where it is; nothing secret.
  @Override
  public String toString() {
    return "PintleServer[%s]".formatted(url());
  }

  private Pki pki() {
    return program.pki().orElseThrow();
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// The wishes for a server. Not for several threads; may be started any number of times, each start another server.
  public static final class Builder {
    private Optional<Path> folder = Optional.empty();
    private final List<String> controllers = new ArrayList<>(List.of("*"));
    private boolean isSeeded = true;

    private Builder() {}

    /// Has the server make by itself what others take from the [FirstContent].
    Builder withoutSeed() {
      isSeeded = false;
      return this;
    }

    /// Keeps everything in `path`, so that a later server finds what this one acknowledged: on disk before it is answered, as the program
    /// does. The first start there makes an RSA key, which takes a good part of a second, and the first in a JVM unpacks RocksDB's library into
    /// the folder of temporary files, where it stays until the JVM ends. One server at a time may have a folder.
    ///
    /// @param path is made when it is not there, for this user alone
    public Builder folder(Path path) {
      folder = Optional.of(path);
      return this;
    }

    /// Runs the server without a controller.
    ///
    /// @param name one of [PintleServer#controllers]
    /// @throws IllegalArgumentException when there is none of that name
    public Builder withoutController(String name) {
      if (!ControllerSelection.KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "controller: %s (expected: one of %s)"
                .formatted(name, String.join(", ", ControllerSelection.KNOWN)));
      }
      controllers.add("-" + name);
      return this;
    }

    /// Runs the server without any: a deleted namespace stays in `Terminating`, and no namespace has a service account.
    public Builder withoutControllers() {
      controllers.replaceAll(_ -> "-*");
      return this;
    }

    /// Starts a server; when this returns, it serves, and the namespaces that it starts with have what controllers make in them.
    ///
    /// @throws PintleStartException when it cannot, with nothing left open
    public PintleServer start() {
      ControllerSelection selected = new ControllerSelection(controllers);
      MovableTime time = new MovableTime();
      ServerInterception interception = new ServerInterception();
      Optional<FirstContent> seed = seed();
      Program program =
          open(
              ServerConfig.within(folder, selected),
              time,
              config -> seeded(interception.in(config), seed));
      try {
        if (seed.isPresent()) {
          await(program.begun());
        } else {
          await(program.settled());
          awaitAccounts(program, selected);
        }
        return new PintleServer(program, time, Baseline.of(program.member().view()), interception);
      } catch (RuntimeException | Error failed) {
        program.close();
        throw failed;
      }
    }

    /// What was made by a server with everything on is right for no other, and a folder may have a content of its own.
    private Optional<FirstContent> seed() {
      return isSeeded && folder.isEmpty() && controllers.equals(List.of("*"))
          ? FirstContent.load()
          : Optional.empty();
    }

    private static KubeConfig seeded(KubeConfig config, Optional<FirstContent> seed) {
      return seed.isPresent() ? config.withSeed(seed.get()) : config;
    }

    private static Program open(
        ServerConfig config, MovableTime time, UnaryOperator<KubeConfig> surface) {
      try {
        return Program.start(config, time, surface);
      } catch (StartException refused) {
        throw new PintleStartException(String.valueOf(refused.getMessage()), refused);
      }
    }

    private static void await(CompletableFuture<Void> step) {
      try {
        step.get();
      } catch (InterruptedException hurried) {
        throw interrupted(hurried);
      } catch (ExecutionException failed) {
        throw new PintleStartException(
            "what a cluster starts with could not be made: " + failed.getMessage(), failed);
      }
    }

    private static void awaitAccounts(Program program, ControllerSelection selected) {
      try {
        if (!new FirstAccounts(program.member(), selected).await(START_MAX)) {
          throw new IllegalStateException(
              "service accounts: not there after %d s (expected: at once)"
                  .formatted(START_MAX.toSeconds()));
        }
      } catch (InterruptedException hurried) {
        throw interrupted(hurried);
      }
    }

    private static PintleStartException interrupted(InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return new PintleStartException("interrupted while the server started", hurried);
    }
  }
}
