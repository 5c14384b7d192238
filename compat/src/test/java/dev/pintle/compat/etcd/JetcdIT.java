package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official Java client, unmodified.
class JetcdIT {
  private static final int SECONDS_MAX = 20;

  @TempDir private static Path data;

  private static RunningPintle pintle;
  private static Client client;

  @BeforeAll
  static void start() {
    pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
    client = Client.builder().endpoints(pintle.etcd()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    pintle.close();
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static <T> T within(CompletableFuture<T> future) throws Exception {
    return future.get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Test
  void putGetAndDelete() throws Exception {
    KV kv = client.getKVClient();
    within(kv.put(text("kv/a"), text("1")));
    within(kv.put(text("kv/b"), text("2")));
    GetOption prefix = GetOption.builder().isPrefix(true).build();
    GetResponse got = within(kv.get(text("kv/"), prefix));
    assertThat(got.getCount()).isEqualTo(2);
    assertThat(got.getKvs().getFirst().getValue()).isEqualTo(text("1"));
    assertThat(
            within(kv.delete(text("kv/"), DeleteOption.builder().isPrefix(true).build()))
                .getDeleted())
        .isEqualTo(2);
    assertThat(within(kv.get(text("kv/"), prefix)).getCount()).isZero();
  }

  @Test
  void aTransactionTakesTheBranchOfItsGuard() throws Exception {
    KV kv = client.getKVClient();
    ByteSequence key = text("txn");
    Cmp absent = new Cmp(key, Cmp.Op.EQUAL, CmpTarget.version(0));
    for (boolean first : new boolean[] {true, false}) {
      TxnResponse done =
          within(
              kv.txn()
                  .If(absent)
                  .Then(Op.put(key, text("made"), PutOption.DEFAULT))
                  .Else(Op.get(key, GetOption.DEFAULT))
                  .commit());
      assertThat(done.isSucceeded()).isEqualTo(first);
    }
  }

  @Test
  void aRefusalHasItsText() {
    assertThatThrownBy(() -> within(client.getKVClient().put(text(""), text("x"))))
        .hasMessageContaining("etcdserver: key is not provided");
  }

  @Test
  void aWatcherIsToldOfEveryChangeInOrder() throws Exception {
    BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
    WatchOption option = WatchOption.builder().isPrefix(true).withPrevKV(true).build();
    try (Watch.Watcher watcher =
        client
            .getWatchClient()
            .watch(text("watch/"), option, response -> events.addAll(response.getEvents()))) {
      assertThat(watcher.isClosed()).isFalse();
      KV kv = client.getKVClient();
      // until the watcher is registered a change may come before it
      long registered = within(kv.put(text("watch/start"), text("x"))).getHeader().getRevision();
      while (events.poll(100, TimeUnit.MILLISECONDS) == null) {
        registered = within(kv.put(text("watch/start"), text("x"))).getHeader().getRevision();
      }
      assertThat(registered).isPositive();
      within(kv.put(text("watch/a"), text("1")));
      within(kv.put(text("watch/a"), text("2")));
      within(kv.delete(text("watch/a")));
      WatchEvent event = next(events);
      while (event.getKeyValue().getKey().equals(text("watch/start"))) {
        event = next(events);
      }
      assertThat(event.getKeyValue().getValue()).isEqualTo(text("1"));
      WatchEvent second = next(events);
      assertThat(second.getPrevKV().getValue()).isEqualTo(text("1"));
      assertThat(next(events).getEventType()).isEqualTo(WatchEvent.EventType.DELETE);
    }
  }

  private static WatchEvent next(BlockingQueue<WatchEvent> events) throws InterruptedException {
    WatchEvent event = events.poll(SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    return event;
  }

  @Test
  void aLeaseIsKeptAliveAndTakesItsKeys() throws Exception {
    long id = within(client.getLeaseClient().grant(60)).getID();
    KV kv = client.getKVClient();
    within(kv.put(text("leased"), text("v"), PutOption.builder().withLeaseId(id).build()));
    LeaseKeepAliveResponse kept = within(client.getLeaseClient().keepAliveOnce(id));
    assertThat(kept.getTTL()).isEqualTo(60);
    within(client.getLeaseClient().revoke(id));
    assertThat(within(kv.get(text("leased"))).getCount()).isZero();
  }
}
