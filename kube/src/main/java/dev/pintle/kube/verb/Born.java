package dev.pintle.kube.verb;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Guard;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.store.ObjectView;
import java.util.List;

/// Objects that the server itself makes.
public final class Born {
  private Born() {}

  /// Makes the object as if it had been sent, unless one of its name is there; waits.
  public static void unlessThere(Services services, ApiRequest request, JsonObject object) {
    ObjectView view = services.view(true);
    NewObject made = NewObject.make(services, request, object, view, _ -> {});
    if (view.has(made.key())) {
      return;
    }
    Guard absent =
        new Guard(
            KeyRange.point(made.key()), Command.Target.MOD, Command.Relation.EQUAL, 0, Bytes.EMPTY);
    services
        .member()
        .execute(
            new Command.Txn(
                List.of(absent), List.of(Command.Put.of(made.key(), made.value())), List.of()));
  }
}
