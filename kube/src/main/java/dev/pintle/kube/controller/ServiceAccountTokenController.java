package dev.pintle.kube.controller;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.kube.controller.LocalClient.Target;
import dev.pintle.kube.informer.Informer;
import dev.pintle.kube.metrics.ControllerFailures;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.kube.token.ServiceAccountTokens;
import dev.pintle.kube.workqueue.QueueWorkers;
import dev.pintle.kube.workqueue.Restrained;
import dev.pintle.kube.workqueue.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The controller of secrets with tokens of service accounts: fills in what they lack, and ends them with their accounts. Upstream's
/// `serviceaccount-token-controller`.
public final class ServiceAccountTokenController implements Informer.Handler, AutoCloseable {
  /// The name by which it is turned on and off.
  public static final String NAME = "serviceaccount-token-controller";

  static final String TYPE = "kubernetes.io/service-account-token";
  static final String ACCOUNT = "kubernetes.io/service-account.name";
  static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";
  private static final String CERTIFICATES = "ca.crt";
  private static final int WORKERS = 5;

  private final LocalClient client;
  private final ResourceType secrets;
  private final ResourceType accounts;
  private final Bytes secretPrefix;
  private final Bytes accountPrefix;
  private final ServiceAccountTokens tokens;
  private final Supplier<String> rootCertificates;
  private final WorkQueue<Work> queue;
  private final QueueWorkers<Work> workers;

  /// The names of secrets that are to be forgotten.
  private final Map<Work.SecretsGone, Set<String>> gone = new ConcurrentHashMap<>();

  /// One thing that there is to do.
  public sealed interface Work {
    /// A secret was written.
    record Written(String namespace, String name) implements Work {}

    /// Secrets of an account are gone; which ones is known beside.
    ///
    /// @param uid of the account, empty when any of the name will do
    record SecretsGone(String namespace, String account, String uid) implements Work {}

    /// An account is gone.
    record AccountGone(String namespace, String name, String uid) implements Work {}
  }

  /// @param rootCertificates by which bearers of tokens know the server, as PEM; empty for none
  public ServiceAccountTokenController(
      LocalClient client,
      ResourceType secrets,
      ResourceType accounts,
      ServiceAccountTokens tokens,
      Supplier<String> rootCertificates,
      WorkQueue<Work> queue,
      ControllerFailures failures) {
    this.client = client;
    this.secrets = secrets;
    this.accounts = accounts;
    this.secretPrefix = Keys.collection(secrets, "");
    this.accountPrefix = Keys.collection(accounts, "");
    this.tokens = tokens;
    this.rootCertificates = rootCertificates;
    this.queue = queue;
    this.workers = new QueueWorkers<>(NAME, queue, failures, this::isDone);
    workers.start(WORKERS);
  }

  @Override
  public void present(KeyValue kv) {
    if (kv.key().startsWith(secretPrefix)) {
      StoredObject secret = client.context().objects().read(secrets, kv);
      if (isToken(secret)) {
        queue.add(new Work.Written(secret.namespace(), secret.name()));
      }
    }
  }

  @Override
  public void changed(WatchEvent event) {
    KeyValue last = event.previous();
    if (event.kind() == WatchEvent.Kind.PUT) {
      present(event.current());
    } else if (last != null && event.key().startsWith(secretPrefix)) {
      StoredObject secret = client.context().objects().read(secrets, last);
      if (isToken(secret)) {
        Work.SecretsGone work =
            new Work.SecretsGone(secret.namespace(), account(secret), accountUid(secret));
        gone(work, List.of(secret.name()));
        queue.add(work);
      }
    } else if (last != null && event.key().startsWith(accountPrefix)) {
      StoredObject account = client.context().objects().read(accounts, last);
      queue.add(new Work.AccountGone(account.namespace(), account.name(), account.uid()));
    }
  }

  static boolean isToken(StoredObject secret) {
    return secret.text("type").equals(TYPE);
  }

  static String account(StoredObject secret) {
    return annotation(secret, ACCOUNT);
  }

  static String accountUid(StoredObject secret) {
    return annotation(secret, ACCOUNT_UID);
  }

  private static String annotation(StoredObject secret, String name) {
    return secret.tree().objectAt("metadata").objectOrEmpty("annotations").textOrEmpty(name);
  }

  private boolean isDone(Work work) {
    ObjectView view = client.context().view();
    switch (work) {
      case Work.Written(var namespace, var name) -> {
        StoredObject secret = view.find(secrets, namespace, name);
        if (secret != null && isToken(secret) && !secret.isBeingDeleted()) {
          settle(secret, view);
        }
      }
      case Work.SecretsGone ended -> forget(ended);
      case Work.AccountGone(var namespace, var name, var uid) -> {
        if (owner(namespace, name, uid, view) == null) {
          Restrained.each(orphans(namespace, name, uid, view), this::delete);
        }
      }
    }
    return true;
  }

  /// @param uid empty when any account of the name will do
  private @Nullable StoredObject owner(String namespace, String name, String uid, ObjectView view) {
    StoredObject found = name.isEmpty() ? null : view.find(accounts, namespace, name);
    return found != null && (uid.isEmpty() || uid.equals(found.uid())) ? found : null;
  }

  private List<StoredObject> orphans(
      String namespace, String account, String uid, ObjectView view) {
    List<StoredObject> orphans = new ArrayList<>();
    view.scan(
        RangeRequest.of(Keys.range(secrets, namespace)),
        kv -> {
          StoredObject secret = view.read(secrets, kv);
          if (isToken(secret) && account(secret).equals(account)) {
            String own = accountUid(secret);
            if (own.isEmpty() || own.equals(uid)) {
              orphans.add(secret);
            }
          }
          return true;
        });
    return orphans;
  }

  private void delete(StoredObject secret) {
    JsonObject options =
        new JsonObject().set("preconditions", new JsonObject().set("uid", secret.uid()));
    Refusals.unlessOvertaken(() -> client.delete(target(secret), options));
  }

  private Target target(StoredObject secret) {
    return new Target(secrets, secret.namespace(), secret.name());
  }

  private void settle(StoredObject secret, ObjectView view) {
    StoredObject owner = owner(secret.namespace(), account(secret), accountUid(secret), view);
    if (owner == null) {
      delete(secret);
      return;
    }
    JsonObject tree = secret.tree();
    if (tree.isTrue("immutable")) {
      // What it lacks nobody can give it.
      return;
    }
    JsonObject data = new JsonObject();
    JsonObject before = tree.objectOrEmpty("data");
    before.forEach(field -> data.set(field.name(), field.value()));
    String root = rootCertificates.get();
    if (!root.isEmpty()) {
      data.set(CERTIFICATES, encoded(root));
    }
    if (data.textOrEmpty("namespace").isEmpty()) {
      data.set("namespace", encoded(secret.namespace()));
    }
    boolean lacking = data.textOrEmpty("token").isEmpty();
    if (!lacking && data.equals(before)) {
      return;
    }
    client.requireUnrestrained(target(secret));
    if (lacking) {
      data.set("token", encoded(token(secret, owner)));
    }
    tree.set("data", data);
    JsonObject annotations = tree.objectAt("metadata").objectAt("annotations");
    annotations.set(ACCOUNT, owner.name()).set(ACCOUNT_UID, owner.uid());
    Refusals.unlessOvertaken(() -> client.update(target(secret), "", tree));
  }

  private String token(StoredObject secret, StoredObject owner) {
    return tokens.issueLegacy(secret.namespace(), owner.name(), owner.uid(), secret.name());
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void gone(Work.SecretsGone work, Collection<String> names) {
    gone.compute(
        work,
        (_, before) -> {
          Set<String> all = before == null ? new HashSet<>() : before;
          all.addAll(names);
          return all;
        });
  }

  /// Takes secrets that are gone out of what their account names, many in one write: it may name thousands.
  private void forget(Work.SecretsGone work) {
    Set<String> names = gone.remove(work);
    // Not older than the end of any of them.
    ObjectView view = client.context().view();
    StoredObject owner = owner(work.namespace(), work.account(), work.uid(), view);
    if (names == null || owner == null) {
      return;
    }
    names.removeIf(name -> view.find(secrets, work.namespace(), name) != null);
    JsonObject tree = owner.tree();
    JsonArray kept = new JsonArray();
    List<JsonObject> named = tree.objects("secrets");
    named.stream().filter(each -> !names.contains(each.textOrEmpty("name"))).forEach(kept::add);
    if (kept.size() < named.size()) {
      tree.set("secrets", kept);
      Target target = new Target(accounts, owner.namespace(), owner.name());
      try {
        Refusals.unlessGone(() -> client.update(target, "", tree));
      } catch (StatusError | Restrained later) {
        gone(work, names);
        throw later;
      }
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
