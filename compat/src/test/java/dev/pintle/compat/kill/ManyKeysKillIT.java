package dev.pintle.compat.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A large store, killed while it is written to. `-Dpintle.kill.keys=1000000` for the long run.
class ManyKeysKillIT {
  private static final int KEYS = Integer.getInteger("pintle.kill.keys", 20_000);
  private static final int KEYS_PER_TXN = 64;
  private static final int VALUE_BYTES = 256;
  private static final int WRITERS = 16;
  private static final int PAGE = 10_000;
  private static final int SECONDS_MAX = 60;
  private static final int SECONDS_FOR_ALL = 1200;

  @TempDir private Path data;

  private final AtomicInteger nextTxn = new AtomicInteger();

  /// The number of each transaction that was acknowledged, and its revision.
  private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();

  @Test
  void nothingAcknowledgedIsLostOfALargeStore() throws Exception {
    long loading = System.nanoTime();
    writeAndKill();
    long killed = System.nanoTime();
    try (RunningPintle pintle = start()) {
      long started = System.nanoTime();
      long found = requireAll(pintle);
      System.err.printf(
          "kill: %d keys of %d bytes acknowledged in %d s, %d found, %d ms from the start to being served%n",
          (long) acknowledged.size() * KEYS_PER_TXN,
          VALUE_BYTES,
          Duration.ofNanos(killed - loading).toSeconds(),
          found,
          Duration.ofNanos(started - killed).toMillis());
    }
  }

  private RunningPintle start() {
    return RunningPintle.etcdOnly(data.resolve("pintle"));
  }

  private void writeAndKill() throws Exception {
    try (RunningPintle pintle = start();
        Client etcd = Client.builder().endpoints(pintle.etcd()).build();
        Load load = new Load(WRITERS, SECONDS_FOR_ALL, (writer, number) -> write(etcd))) {
      load.await(KEYS / KEYS_PER_TXN);
      pintle.child().kill();
    }
  }

  private void write(Client etcd) throws Exception {
    int txn = nextTxn.getAndIncrement();
    Op[] puts = new Op[KEYS_PER_TXN];
    for (int i = 0; i < puts.length; i++) {
      puts[i] = Op.put(key(txn, i), value(txn, i), PutOption.DEFAULT);
    }
    long revision =
        etcd.getKVClient()
            .txn()
            .Then(puts)
            .commit()
            .get(SECONDS_MAX, TimeUnit.SECONDS)
            .getHeader()
            .getRevision();
    acknowledged.put(txn, revision);
  }

  private static ByteSequence key(int txn, int i) {
    return ByteSequence.from("many/%08d/%03d".formatted(txn, i), StandardCharsets.UTF_8);
  }

  private static ByteSequence value(int txn, int i) {
    byte[] value = new byte[VALUE_BYTES];
    for (int at = 0; at < value.length; at++) {
      value[at] = (byte) (txn * 31 + i * 7 + at * (txn + 13));
    }
    return ByteSequence.from(value);
  }

  /// Reads page by page, and answers how many keys there were.
  private long requireAll(RunningPintle pintle) throws Exception {
    Map<Integer, Integer> keysOf = new ConcurrentHashMap<>();
    try (Client etcd =
        Client.builder().endpoints(pintle.etcd()).maxInboundMessageSize(64 << 20).build()) {
      ByteSequence from = ByteSequence.from("many/", StandardCharsets.UTF_8);
      ByteSequence end = ByteSequence.from("many0", StandardCharsets.UTF_8);
      GetOption page = GetOption.builder().withRange(end).withLimit(PAGE).build();
      boolean more = true;
      while (more) {
        GetResponse got = etcd.getKVClient().get(from, page).get(SECONDS_MAX, TimeUnit.SECONDS);
        got.getKvs().forEach(kv -> require(kv, keysOf));
        more = got.isMore();
        if (more) {
          from = got.getKvs().getLast().getKey().concat(ByteSequence.from(new byte[1]));
        }
      }
    }
    for (int txn : acknowledged.keySet()) {
      assertThat(keysOf).as("transaction %d", txn).containsEntry(txn, KEYS_PER_TXN);
    }
    assertThat(keysOf.values()).as("transactions are whole").containsOnly(KEYS_PER_TXN);
    return (long) keysOf.size() * KEYS_PER_TXN;
  }

  private void require(KeyValue kv, Map<Integer, Integer> keysOf) {
    String[] key = kv.getKey().toString(StandardCharsets.UTF_8).split("/", -1);
    int txn = Integer.parseInt(key[1]);
    assertThat(kv.getValue()).isEqualTo(value(txn, Integer.parseInt(key[2])));
    Long revision = acknowledged.get(txn);
    if (revision != null) {
      assertThat(kv.getModRevision()).isEqualTo(revision);
    }
    keysOf.merge(txn, 1, Integer::sum);
  }
}
