package dev.pintle.testkit;

import static dev.pintle.testkit.OrderedKvContract.bytes;

import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A program that writes numbered batches into a backend until it is killed, and the judge of what it left.
///
/// Batch `n` writes one record and one lease named by `n`, takes an old record away where `n` divides by three, and notes `n` as the
/// last. So what any prefix of the batches holds can be told from the number of the last.
public final class CrashedWriter {
  /// A record lives for so many batches at least.
  private static final long LIFE = 40;

  private static final byte[] LAST = bytes("last");

  private CrashedWriter() {}

  /// Writes until it is killed; the number of the last batch that was flushed is a line on the standard output.
  ///
  /// @param arguments the provider's class, the folder, a seed, then options
  public static void main(String[] arguments) throws ReflectiveOperationException {
    BackendProvider provider =
        Class.forName(arguments[0])
            .asSubclass(BackendProvider.class)
            .getDeclaredConstructor()
            .newInstance();
    Map<String, String> options = new HashMap<>();
    for (String option : List.of(arguments).subList(3, arguments.length)) {
      int equals = option.indexOf('=');
      options.put(option.substring(0, equals), option.substring(equals + 1));
    }
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
    OrderedKv kv =
        provider.open(new BackendSettings(arguments[1], options, BackendSettings.FILES_OPEN_USUAL));
    long next = last(kv.reader()) + 1;
    while (true) {
      for (int i = random.nextInt(1, 60); i > 0; i--) {
        write(kv, next);
        next++;
      }
      kv.flush();
      System.out.println(next - 1);
      System.out.flush();
    }
  }

  private static void write(OrderedKv kv, long number) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, name(number), value(number));
      batch.put(Bucket.LEASES, name(number), new byte[] {1});
      if (isGone(number - LIFE, number)) {
        batch.delete(Bucket.REVISIONS, name(number - LIFE));
      }
      batch.put(Bucket.META, LAST, name(number));
      batch.commit();
    }
  }

  private static boolean isGone(long record, long last) {
    return record > 0 && record + LIFE <= last && (record + LIFE) % 3 == 0;
  }

  private static byte[] name(long number) {
    return bytes("%012d".formatted(number));
  }

  private static byte[] value(long number) {
    byte[] value = new byte[(int) (number * 37 % 3000)];
    new SplittableRandom(number).nextBytes(value);
    return value;
  }

  /// The number of the last batch that is there; 0 for none.
  static long last(Reader reader) {
    byte @Nullable [] last = reader.get(Bucket.META, LAST);
    return last == null ? 0 : Long.parseLong(new String(last, StandardCharsets.UTF_8));
  }

  /// What is wrong with what is there, if anything: it has to be all that the batches up to the last have written, and nothing else.
  static String fault(Reader reader) {
    long last = last(reader);
    StringBuilder fault = new StringBuilder();
    long[] next = {1};
    reader.scan(
        Bucket.LEASES,
        new byte[0],
        null,
        (key, value) -> {
          if (!java.util.Arrays.equals(key, name(next[0]))) {
            fault.append("lease %d is missing; ".formatted(next[0]));
            return false;
          }
          next[0]++;
          return true;
        });
    if (next[0] != last + 1) {
      fault.append("leases up to %d, batches up to %d; ".formatted(next[0] - 1, last));
    }
    next[0] = afterGone(1, last);
    reader.scan(
        Bucket.REVISIONS,
        new byte[0],
        null,
        (key, value) -> {
          boolean right =
              java.util.Arrays.equals(key, name(next[0]))
                  && java.util.Arrays.equals(value, value(next[0]));
          if (!right) {
            fault.append(
                "record %d is not what was written (found the name %s); "
                    .formatted(next[0], new String(key, StandardCharsets.UTF_8)));
          }
          next[0] = afterGone(next[0] + 1, last);
          return right;
        });
    if (next[0] != last + 1) {
      fault.append("records up to before %d, batches up to %d; ".formatted(next[0], last));
    }
    return fault.toString();
  }

  private static long afterGone(long from, long last) {
    long record = from;
    while (record <= last && isGone(record, last)) {
      record++;
    }
    return record;
  }
}
