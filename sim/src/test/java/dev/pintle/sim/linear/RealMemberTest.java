package dev.pintle.sim.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeResult;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.sim.linear.ClientOperation.Action;
import dev.pintle.storage.memory.MemoryKv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threads on a real member with a real log: every answer must fit one order of all that happened.
final class RealMemberTest {
  private static final int CLIENTS = 6;
  private static final int OPERATIONS = 400;
  private static final int KEYS = 4;

  @TempDir Path folder;

  private final Map<String, List<ClientOperation>> history = new TreeMap<>();

  @Test
  void whatConcurrentClientsSeeCouldHaveHappenedOneAfterTheOther() throws Exception {
    long seed = Long.getLong("pintle.sim.seed", 1);
    try (LocalMember member = LocalMember.open(folder, path -> new MemoryKv(), Settings.DEFAULT);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Map<String, List<ClientOperation>>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(new Client(member, i, new SplittableRandom(seed * CLIENTS + i)));
      }
      for (Future<Map<String, List<ClientOperation>>> client : threads.invokeAll(clients)) {
        client
            .get()
            .forEach((key, operations) ->
                history.computeIfAbsent(key, any -> new ArrayList<>()).addAll(operations));
      }
    }
    assertThat(history).hasSize(KEYS);
    history.forEach((key, operations) ->
        assertThat(Linearizability.holds(operations, Register.ABSENT))
            .as("seed %d, %s", seed, key)
            .isTrue());
  }

  private static final class Client implements Callable<Map<String, List<ClientOperation>>> {
    private final LocalMember member;
    private final int number;
    private final SplittableRandom random;
    private final Map<String, List<ClientOperation>> seen = new TreeMap<>();
    private long lastRevision;

    Client(LocalMember member, int number, SplittableRandom random) {
      this.member = member;
      this.number = number;
      this.random = random;
    }

    @Override
    public Map<String, List<ClientOperation>> call() {
      for (int i = 0; i < OPERATIONS; i++) {
        String key = "k" + random.nextInt(KEYS);
        long called = System.nanoTime();
        Action action = act(Bytes.utf8(key), number + "-" + i);
        ClientOperation operation = new ClientOperation(action, called, System.nanoTime());
        seen.computeIfAbsent(key, any -> new ArrayList<>()).add(operation);
      }
      return seen;
    }

    private Action act(Bytes key, String value) {
      return switch (random.nextInt(8)) {
        case 0, 1 -> {
          var written = (Outcome.Written) member.execute(Command.Put.of(key, Bytes.utf8(value)));
          yield new ClientOperation.Put(value, written.revision());
        }
        case 2 -> {
          var command = new Command.DeleteRange(KeyRange.point(key), false);
          var deleted = (Outcome.Deleted) member.execute(command);
          yield new ClientOperation.Delete(deleted.reply().deleted() > 0);
        }
        case 3, 4 -> swap(key, value);
        default -> new ClientOperation.Get(get(key));
      };
    }

    private Register get(Bytes key) {
      var outcome = member.view().range(RangeRequest.of(KeyRange.point(key)));
      Register found = register(((Found) outcome).result());
      lastRevision = found.modRevision();
      return found;
    }

    private Action swap(Bytes key, String value) {
      long expected = lastRevision;
      Compare guard =
          new Compare(KeyRange.point(key), Target.MOD, Relation.EQUAL, expected, Bytes.EMPTY);
      Command txn =
          new Command.Txn(
              List.of(guard),
              List.of(Command.Put.of(key, Bytes.utf8(value))),
              List.of(new Command.Range(RangeRequest.of(KeyRange.point(key)))));
      var settled = (Outcome.TxnApplied) member.execute(txn);
      return settled.reply().replies().getFirst() instanceof Outcome.RangeReply(var result)
          ? new ClientOperation.Swap(expected, value, register(result), 0)
          : new ClientOperation.Swap(expected, value, null, settled.revision());
    }

    private static Register register(RangeResult result) {
      if (result.entries().isEmpty()) {
        return Register.ABSENT;
      }
      KeyValue entry = result.entries().getFirst();
      return new Register(entry.value().utf8(), entry.modRevision());
    }
  }
}
