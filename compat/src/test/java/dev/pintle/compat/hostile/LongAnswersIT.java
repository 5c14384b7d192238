package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers that are longer than the memory of the server. Each is refused as it grows, and the next client is served.
class LongAnswersIT {
  private static final int KEYS = 40;
  private static final int VALUE_BYTES = 1_000_000;
  private static final int RANGES = 127;
  private static final int AT_ONCE = 16;
  private static final int SECONDS_MAX = 120;
  private static final int DESCRIPTORS = 4096;
  private static final GetOption ALL = GetOption.builder().isPrefix(true).build();

  @TempDir private Path data;

  private LimitedPintle pintle;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    pintle =
        LimitedPintle.start(
            data,
            DESCRIPTORS,
            "etcd",
            "--data-dir",
            data.toString(),
            "--listen-client-urls=http://127.0.0.1:0");
    client = Client.builder().endpoints(pintle.url("etcd")).maxInboundMessageSize(1 << 30).build();
    for (int i = 0; i < KEYS; i++) {
      put("large/" + i, VALUE_BYTES);
    }
  }

  @AfterEach
  void stop() throws Exception {
    assertThat(pintle.child().isAlive()).as(pintle.child().log()).isTrue();
    put("after", 10);
    assertThat(pintle.child().log()).doesNotContain("OutOfMemory", "ERROR");
    client.close();
    pintle.close();
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private void put(String key, int bytes) throws Exception {
    kv().put(text(key), ByteSequence.from(new byte[bytes])).get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  private KV kv() {
    return client.getKVClient();
  }

  private static List<Op> ranges(Op... more) {
    List<Op> operations = new ArrayList<>(Collections.nCopies(RANGES, Op.get(text("large/"), ALL)));
    operations.addAll(List.of(more));
    return operations;
  }

  private int refusedOf(List<? extends CompletableFuture<?>> asked) throws Exception {
    int refused = 0;
    for (CompletableFuture<?> answer : asked) {
      try {
        answer.get(SECONDS_MAX, TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        assertThat(failed).hasStackTraceContaining("RESOURCE_EXHAUSTED");
        refused++;
      }
    }
    return refused;
  }

  @Test
  void aTransactionOfManyLongRangesIsRefused() throws Exception {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      asked.add(kv().txn().Then(ranges().toArray(Op[]::new)).commit());
    }
    assertThat(refusedOf(asked)).isEqualTo(AT_ONCE);
  }

  @Test
  void aTransactionThatWritesAsWellTakesEffectAndItsAnswerIsRefused() throws Exception {
    Op write = Op.put(text("written"), text("yes"), PutOption.DEFAULT);
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      asked.add(kv().txn().Then(ranges(write).toArray(Op[]::new)).commit());
    }
    assertThat(refusedOf(asked)).isEqualTo(AT_ONCE);
    assertThat(kv().get(text("written")).get(SECONDS_MAX, TimeUnit.SECONDS).getCount()).isOne();
  }

  @Test
  void longRangesAtOnceAreRefusedForNowAndOneAloneIsAnswered() throws Exception {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      asked.add(kv().get(text("large/"), ALL));
    }
    assertThat(refusedOf(asked)).isPositive();
    assertThat(kv().get(text("large/"), ALL).get(SECONDS_MAX, TimeUnit.SECONDS).getKvs())
        .hasSize(KEYS);
  }

  @Test
  void jsonOfALongRangeIsRefused() throws Exception {
    String body = "{\"key\":\"AA==\",\"range_end\":\"AA==\"}";
    HttpRequest range =
        HttpRequest.newBuilder(URI.create(pintle.url("etcd") + "/v3/kv/range"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        asked.add(http.sendAsync(range, HttpResponse.BodyHandlers.ofString()));
      }
      for (CompletableFuture<HttpResponse<String>> answer : asked) {
        HttpResponse<String> refused = answer.get(SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("etcdserver: ");
      }
    }
  }
}
