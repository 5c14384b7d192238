package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Guard;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.List;

/// Objects that the server itself makes.
public final class Born {
  private static final int TRIES_MAX = 8;

  /// One that is to be there.
  ///
  /// @param namespace empty for one of the whole cluster
  /// @param status what its status says at once, as a controller would; empty for what every new object says
  public record Wanted(ResourceType type, String namespace, JsonObject object, JsonObject status) {}

  private Born() {}

  /// Makes those of the objects that are not there, as if they had been sent, all in one write; waits.
  public static void unlessThere(Services services, List<Wanted> wanted) {
    for (int i = 0; i < TRIES_MAX; i++) {
      if (makeMissing(services, wanted)) {
        return;
      }
    }
  }

  /// Answers false when somebody made one of them in between.
  private static boolean makeMissing(Services services, List<Wanted> wanted) {
    ObjectView view = services.view();
    List<Guard> absent = new ArrayList<>();
    List<Command.Operation> puts = new ArrayList<>();
    for (Wanted each : wanted) {
      NewObject made = make(services, each, view);
      if (!view.has(made.key())) {
        absent.add(
            new Guard(
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
    return !(outcome instanceof Outcome.Settled(_, var reply)) || reply.succeeded();
  }

  private static NewObject make(Services services, Wanted wanted, ObjectView view) {
    ResourceType type = wanted.type();
    Target target =
        new Target("create", "", type.groupVersion(), wanted.namespace(), type.plural(), "", "", 0);
    ApiRequest request = new ApiRequest(target, type, Query.EMPTY, Caller.SERVER, "", Bytes.EMPTY);
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
