package dev.pintle.bench.hostile;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Requests to etcd's API of which the answers, or what must be kept for them, are large.
public final class EtcdAttacks {
  private static final int LARGE_VALUES = 60;
  private static final int LARGE_BYTES = 1 << 20;
  private static final int RANGES = 127;
  private static final int SLOW_CLIENTS = 16;
  private static final int WATCHERS = 100_000;
  private static final int LEASES = 100_000;
  private static final int LEASES_AT_ONCE = 256;
  private static final int PUTS = 2000;
  private static final int WRITERS = 64;
  private static final String ANSWERED =
      "OK|RESOURCE_EXHAUSTED|OUT_OF_RANGE|INVALID_ARGUMENT|UNAVAILABLE|DEADLINE_EXCEEDED|open|closed";

  private EtcdAttacks() {}

  public static List<Attack> all() {
    return List.of(
        txn(),
        silent("16 reads of everything that nobody takes", EtcdCall.RANGE, EtcdCall.everything()),
        silent("16 reads of 60 MB that nobody takes", EtcdCall.RANGE, EtcdCall.prefix("large/")),
        reads(),
        largePuts(),
        leases(),
        watchers(true),
        watchers(false));
  }

  private static void large(AttackRun strike) throws Exception {
    ManagedChannel channel = strike.etcd();
    byte[] value = new byte[LARGE_BYTES];
    for (int i = 0; i < LARGE_VALUES; i++) {
      strike.call(channel, EtcdCall.PUT, EtcdCall.put("large/" + i, value));
    }
  }

  private static Attack txn() {
    return Attack.of(
            "a transaction of 127 reads of 60 MB",
            strike -> {
              ManagedChannel channel = strike.etcd();
              byte[] request = EtcdCall.ranges(EtcdCall.prefix("large/"), RANGES);
              strike.count(strike.call(channel, EtcdCall.TXN, request));
            },
            ANSWERED)
        .after(EtcdAttacks::large);
  }

  private static Attack reads() {
    return Attack.of(
            "16 reads of 60 MB again and again",
            strike ->
                strike.inParallel(
                    SLOW_CLIENTS,
                    _ -> {
                      ManagedChannel channel = strike.etcd();
                      do {
                        strike.count(
                            strike.call(channel, EtcdCall.RANGE, EtcdCall.prefix("large/")));
                      } while (strike.goesOn());
                    }),
            ANSWERED)
        .after(EtcdAttacks::large);
  }

  private static Attack silent(
      String name, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    return Attack.of(
            name,
            strike -> {
              for (int i = 0; i < SLOW_CLIENTS; i++) {
                ClientCall<byte[], byte[]> call =
                    strike.etcd().newCall(method, CallOptions.DEFAULT);
                call.start(new Silent(strike), new Metadata());
                call.sendMessage(request);
                call.halfClose();
                strike.count("open");
              }
              strike.hold();
            },
            ANSWERED)
        .after(EtcdAttacks::large);
  }

  private static Attack largePuts() {
    return Attack.of(
        "64 puts of 1.4 MB at once",
        strike -> {
          byte[] value = new byte[1_400_000];
          strike.inParallel(
              WRITERS,
              client -> {
                ManagedChannel channel = strike.etcd();
                do {
                  strike.count(
                      strike.call(channel, EtcdCall.PUT, EtcdCall.put("wide/" + client, value)));
                } while (strike.goesOn());
              });
        },
        ANSWERED);
  }

  private static Attack leases() {
    return Attack.of(
        "100 000 leases",
        strike -> {
          ManagedChannel channel = strike.etcd();
          Semaphore free = new Semaphore(LEASES_AT_ONCE);
          int count = strike.share(LEASES);
          for (int i = 0; i < count; i++) {
            free.acquire();
            ClientCall<byte[], byte[]> call = channel.newCall(EtcdCall.GRANT, CallOptions.DEFAULT);
            call.start(new Counting(strike, free), new Metadata());
            call.request(1);
            call.sendMessage(EtcdCall.grant(1 + i % 2));
            call.halfClose();
          }
          free.tryAcquire(LEASES_AT_ONCE, 12, TimeUnit.SECONDS);
        },
        ANSWERED);
  }

  /// All of them on one stream and of one key, which changes afterwards.
  private static Attack watchers(boolean reads) {
    return Attack.of(
        "100 000 watchers on one stream that " + (reads ? "reads" : "never reads"),
        strike -> {
          ClientCall<byte[], byte[]> call =
              strike.etcd().newCall(EtcdCall.WATCH, CallOptions.DEFAULT);
          CountDownLatch ended = new CountDownLatch(1);
          call.start(reads ? new Reading(strike, call, ended) : new Silent(strike), new Metadata());
          call.request(1);
          int count = strike.share(WATCHERS);
          for (int i = 0; i < count; i++) {
            call.sendMessage(EtcdCall.watch("watched"));
          }
          ManagedChannel writer = strike.etcd();
          for (int i = 0; i < PUTS && strike.goesOn(); i++) {
            strike.count(
                strike.call(writer, EtcdCall.PUT, EtcdCall.put("watched", new byte[1000])));
          }
          strike.count(ended.getCount() == 0 ? "closed" : "open");
          call.cancel("the attack is over", null);
        },
        ANSWERED);
  }

  /// One who asks and never takes the answer.
  private static class Silent extends ClientCall.Listener<byte[]> {
    private final AttackRun strike;

    Silent(AttackRun strike) {
      this.strike = strike;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.getCode() != Status.Code.CANCELLED && strike.goesOn()) {
        strike.count(status.getCode().name());
      }
    }
  }

  private static final class Counting extends ClientCall.Listener<byte[]> {
    private final AttackRun strike;
    private final Semaphore free;

    Counting(AttackRun strike, Semaphore free) {
      this.strike = strike;
      this.free = free;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      strike.count(status.getCode().name());
      free.release();
    }
  }

  private static final class Reading extends Silent {
    private final ClientCall<byte[], byte[]> call;
    private final CountDownLatch ended;

    Reading(AttackRun strike, ClientCall<byte[], byte[]> call, CountDownLatch ended) {
      super(strike);
      this.call = call;
      this.ended = ended;
    }

    @Override
    public void onMessage(byte[] message) {
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      super.onClose(status, trailers);
      ended.countDown();
    }
  }
}
