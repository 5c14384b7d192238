package dev.pintle.kube.audit;

import dev.pintle.kube.outbound.KubeconfigServer;
import dev.pintle.kube.outbound.OutboundBody;
import dev.pintle.kube.outbound.OutboundClient;
import dev.pintle.kube.outbound.OutboundException;
import dev.pintle.kube.outbound.OutboundLimits;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.wire.worker.FairLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The server to which events are posted, many as one list. It has a client of its own, so that it takes nothing from other webhooks, and
/// what waits can still be posted when these are asked no more. What a slow or dead one costs is bounded: of what waits, and of how many
/// lists are under way. A list that could not be posted is tried five times, and then counted.
final class AuditWebhook implements AuditSink {
  private static final System.Logger LOG = System.getLogger(AuditWebhook.class.getName());

  /// In the modes that wait, which post one list after the other.
  private static final int TOGETHER_MAX = 400;

  private static final int UNDER_WAY_MAX = 16;
  private static final int TRIES = 5;
  private static final double FACTOR = 1.5;
  private static final double JITTER = 0.2;
  private static final byte[] HEAD =
      "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMA = {','};
  private static final byte[] END = {']', '}', '\n'};

  private final AuditWebhookSettings settings;
  private final KubeconfigServer server;
  private final AuditMetrics metrics;
  private final RandomGenerator random;
  private final AuditQueue queue;
  private final ScheduledExecutorService timers;
  private final FairExecutor turns;
  private final OutboundClient client;
  private final Semaphore slots = new Semaphore(UNDER_WAY_MAX);
  private final Thread collector;
  private volatile boolean failing;

  /// Events and their texts, which are posted together.
  private record Batch(List<AuditQueue.Waiting> events, List<byte[]> texts) {}

  AuditWebhook(
      AuditWebhookSettings settings,
      KubeconfigServer server,
      AuditMetrics metrics,
      RandomGenerator random) {
    this(settings, server, metrics, random, waitingBytesMax(Runtime.getRuntime().maxMemory()));
  }

  /// @param behindBytesMax what may wait
  AuditWebhook(
      AuditWebhookSettings settings,
      KubeconfigServer server,
      AuditMetrics metrics,
      RandomGenerator random,
      long behindBytesMax) {
    this.settings = settings;
    this.server = server;
    this.metrics = metrics;
    this.random = random;
    AuditBatching batching = settings.batching();
    int together = batching.mode() == AuditMode.BATCH ? batching.eventsMax() : TOGETHER_MAX;
    this.queue = new AuditQueue(batching, together, metrics, behindBytesMax);
    this.timers =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("audit-webhook-timer").factory());
    long heap = Runtime.getRuntime().maxMemory();
    this.turns = new FairExecutor(FairLimits.of(1, heap));
    this.client = new OutboundClient(OutboundLimits.ofHeap(heap), timers, turns);
    this.collector = Thread.ofPlatform().daemon().name("audit-webhook").start(this::collect);
  }

  private static long waitingBytesMax(long heapBytes) {
    return Math.clamp(heapBytes / 32, 8L << 20, 64L << 20);
  }

  @Override
  public void take(AuditEvent event) {
    queue.add(event, null);
  }

  @Override
  public boolean arrived(AuditEvent event, long nanos) {
    return switch (queue.mode()) {
      case BATCH -> {
        take(event);
        yield true;
      }
      case BLOCKING -> {
        var _ = queue.write(event, nanos);
        yield true;
      }
      case BLOCKING_STRICT -> queue.write(event, nanos);
    };
  }

  @Override
  public boolean awaitRoom(long nanos) {
    return queue.awaitRoom(nanos);
  }

  private void collect() {
    for (List<AuditQueue.Waiting> next = queue.next(); !next.isEmpty(); next = queue.next()) {
      for (Batch batch : batches(next)) {
        queue.awaitTurn();
        if (queue.mode() == AuditMode.BATCH) {
          slots.acquireUninterruptibly();
          Thread.ofVirtual()
              .name("audit-webhook-", 0)
              .start(() -> {
                try {
                  post(batch);
                } finally {
                  slots.release();
                }
              });
        } else {
          post(batch);
        }
      }
    }
  }

  /// One mostly. Those that have no text are done with.
  private List<Batch> batches(List<AuditQueue.Waiting> events) {
    List<Batch> batches = new ArrayList<>(1);
    Batch last = null;
    long size = 0;
    for (AuditQueue.Waiting each : events) {
      byte[] text = text(each.event());
      if (text.length == 0) {
        each.tell(false);
        queue.done(List.of(each));
        continue;
      }
      boolean full =
          settings.truncation().on() && size + text.length > settings.truncation().batchBytesMax();
      if (last == null || full) {
        last = new Batch(new ArrayList<>(), new ArrayList<>());
        batches.add(last);
        size = 0;
      }
      size += text.length;
      last.events().add(each);
      last.texts().add(text);
    }
    return batches;
  }

  /// Empty where there is none.
  private byte[] text(AuditEvent event) {
    try {
      byte[] text = FittedEvent.text(event, AuditFormat.JSON, settings.truncation(), metrics);
      return text == null ? new byte[0] : EventText.inList(text);
    } catch (RuntimeException | StackOverflowError failed) {
      metrics.error("webhook");
      LOG.log(System.Logger.Level.ERROR, "an audit event cannot be written", failed);
      return new byte[0];
    }
  }

  private void post(Batch batch) {
    boolean done = false;
    try {
      done = isPosted(new EventList(batch.texts()));
    } finally {
      if (!done) {
        metrics.errors("webhook", batch.events().size());
      }
      for (AuditQueue.Waiting each : batch.events()) {
        each.tell(done);
      }
      queue.done(batch.events());
    }
  }

  private boolean isPosted(EventList list) {
    double pause = settings.backoff().toNanos();
    boolean last = false;
    for (int tries = 1; tries <= TRIES; tries++) {
      try {
        server.post(client, list);
        if (failing) {
          failing = false;
          LOG.log(System.Logger.Level.INFO, "audit events are posted again");
        }
        return true;
      } catch (OutboundException | StatusError failed) {
        tell(failed);
      }
      if (last || tries == TRIES) {
        return false;
      }
      // Who stops tries once more, and waits no longer.
      last = queue.awaitClosed((long) (pause * (1 + JITTER * random.nextDouble())));
      pause *= FACTOR;
    }
    return false;
  }

  private void tell(Exception failed) {
    if (!failing) {
      failing = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "audit events cannot be posted reason=\"{0}\"",
          String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public void stop() {
    queue.close();
  }

  @Override
  public void finish(long untilNanos) {
    try {
      boolean ended =
          collector.join(Duration.ofNanos(Math.max(1, untilNanos - System.nanoTime())))
              && slots.tryAcquire(
                  UNDER_WAY_MAX, untilNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended) {
        LOG.log(System.Logger.Level.ERROR, "audit events that wait are not posted any more");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
      timers.shutdownNow();
      turns.close();
    }
  }

  /// The events of a batch as one list. Their bytes are there already.
  private record EventList(List<byte[]> texts) implements OutboundBody {
    @Override
    public String apiVersion() {
      return "audit.k8s.io/v1";
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public List<byte[]> pieces() {
      List<byte[]> pieces = new ArrayList<>(2 * texts.size() + 1);
      pieces.add(HEAD);
      for (int i = 0; i < texts.size(); i++) {
        if (i > 0) {
          pieces.add(COMMA);
        }
        pieces.add(texts.get(i));
      }
      pieces.add(END);
      return pieces;
    }
  }
}
