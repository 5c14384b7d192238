package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;

/// Objects that the server itself makes.
public final class EnsureExists {
  private static final int TRIES_MAX = 8;

  /// One that is to be there.
  ///
  /// @param namespace empty for one of the whole cluster
  /// @param status what its status says at once, as a controller would; empty for what every new object says
  public record Wanted(ResourceType type, String namespace, JsonObject object, JsonObject status) {}

  private EnsureExists() {}

  /// Makes those of the objects that are not there, as if they had been sent, all in one write; waits.
  public static void unlessThere(VerbContext services, List<Wanted> wanted) {
    for (int i = 0; i < TRIES_MAX; i++) {
      if (makeMissing(services, wanted)) {
        return;
      }
    }
  }

  /// Answers false when somebody made one of them in between.
  private static boolean makeMissing(VerbContext services, List<Wanted> wanted) {
    ObjectView view = services.view();
    List<Compare> absent = new ArrayList<>();
    List<Command.Operation> puts = new ArrayList<>();
    for (Wanted each : wanted) {
      NewObject made = make(services, each, view);
      if (!view.has(made.key())) {
        absent.add(
            new Compare(
                KeyRange.point(made.key()),
                Command.Target.MOD,
                Command.Relation.EQUAL,
                0,
                Bytes.EMPTY));
        puts.add(Command.Put.of(made.key(), made.value()));
      }
    }
    if (puts.isEmpty()) {
      return true;
    }
    Outcome outcome = services.member().execute(new Command.Txn(absent, puts, List.of()));
    return !(outcome instanceof Outcome.TxnApplied(_, var reply)) || reply.succeeded();
  }

  private static NewObject make(VerbContext services, Wanted wanted, ObjectView view) {
    ResourceType type = wanted.type();
    RequestInfo target =
        new RequestInfo(
            "create", "", type.groupVersion(), wanted.namespace(), type.plural(), "", "", 0);
    ApiRequest request =
        new ApiRequest(target, type, Query.EMPTY, UserInfo.SERVER, "", Bytes.EMPTY);
    return NewObject.make(
        services,
        request,
        new NewObject.Draft(wanted.object().copy(), false),
        view,
        _ -> {},
        object -> {
          if (wanted.status().size() > 0) {
            object.set("status", wanted.status().copy());
          }
        });
  }
}
