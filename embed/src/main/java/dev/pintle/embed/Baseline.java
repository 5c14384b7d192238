package dev.pintle.embed;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The content of a store at one moment, kept to be brought back. Keys on a lease are no part of it: they were to go anyway.
final class Baseline {
  /// Others may write while it is brought back; what they write between two rounds is taken away by the next.
  private static final int ROUNDS_MAX = 16;

  /// What controllers empty, object by object, once it is to go.
  private static final List<Bytes> EMPTIED =
      List.of(
          Bytes.utf8("/registry/namespaces/"),
          Bytes.utf8("/registry/apiextensions.k8s.io/customresourcedefinitions/"));

  /// A controller that is emptying something looks at it again within that time.
  private static final Duration QUIET = Duration.ofMillis(50);

  private static final Duration QUIET_WITHIN = Duration.ofSeconds(1);
  private static final Duration LOOKED_EVERY = Duration.ofMillis(2);

  private final Map<Bytes, Bytes> content = new HashMap<>();

  private Baseline() {}

  static Baseline of(StoreView view) {
    Baseline baseline = new Baseline();
    read(
        view,
        entry -> {
          if (entry.lease() == 0) {
            baseline.content.put(entry.key(), entry.value());
          }
        });
    return baseline;
  }

  /// Makes the store hold this again and nothing else, by one transaction: to whoever watches, keys change and go as ever. Where a namespace
  /// or a definition comes back, a controller may be emptying it: then it takes until nothing is taken away any more.
  void restore(Member member) {
    if (restoreOnce(member)) {
      long end = System.nanoTime() + QUIET_WITHIN.toNanos();
      long quietFrom = System.nanoTime();
      while (System.nanoTime() - quietFrom < QUIET.toNanos() && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(LOOKED_EVERY.toNanos());
        long before = member.view().revision();
        restoreOnce(member);
        if (member.view().revision() != before) {
          quietFrom = System.nanoTime();
        }
      }
    }
  }

  /// @return whether something came back that controllers empty
  private boolean restoreOnce(Member member) {
    boolean isEmptied = false;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      List<Operation> operations = difference(member.view());
      if (operations.isEmpty()) {
        break;
      }
      isEmptied |= operations.stream().anyMatch(Baseline::isEmptied);
      Outcome outcome = member.execute(new Command.Txn(List.of(), operations, List.of()));
      if (!(outcome instanceof Outcome.Applied)) {
        throw new IllegalStateException(
            "reset: refused by the store: %s (expected: a server that is open)".formatted(outcome));
      }
    }
    return isEmptied;
  }

  private static boolean isEmptied(Operation operation) {
    return operation instanceof Put put && EMPTIED.stream().anyMatch(put.key()::startsWith);
  }

  private List<Operation> difference(StoreView view) {
    Map<Bytes, Bytes> missing = new HashMap<>(content);
    List<Operation> operations = new ArrayList<>();
    Run strangers = new Run(operations);
    read(
        view,
        entry -> {
          Bytes wanted = missing.get(entry.key());
          if (wanted == null) {
            strangers.add(entry.key());
            return;
          }
          strangers.end();
          if (wanted.equals(entry.value()) && entry.lease() == 0) {
            missing.remove(entry.key());
          }
        });
    strangers.end();
    missing.forEach((key, value) -> operations.add(Put.of(key, value)));
    return operations;
  }

  private static void read(StoreView view, Consumer<KeyValue> each) {
    StoreView.ReadOutcome outcome =
        view.scan(
            RangeRequest.of(KeyRange.ALL),
            entry -> {
              each.accept(entry);
              return true;
            });
    if (outcome instanceof StoreView.NotReadable(var reason)) {
      throw new IllegalStateException("reset: the store cannot be read: " + reason);
    }
  }

  /// Neighbours that are to go, deleted together.
  private static final class Run {
    private final List<Operation> operations;
    private @Nullable Bytes first;
    private @Nullable Bytes last;

    Run(List<Operation> operations) {
      this.operations = operations;
    }

    void add(Bytes key) {
      if (first == null) {
        first = key;
      }
      last = key;
    }

    void end() {
      if (first != null && last != null) {
        operations.add(new DeleteRange(new KeyRange(first, KeyRange.point(last).to()), false));
      }
      first = null;
      last = null;
    }
  }
}
