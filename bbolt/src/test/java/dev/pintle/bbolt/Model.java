package dev.pintle.bbolt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Buckets as plain maps, which can tell themselves to a writer and be read back from a file.
///
/// @param entries by key, in the order of unsigned bytes
record Model(TreeMap<byte[], byte[]> entries, TreeMap<byte[], Model> buckets)
    implements BucketContent {
  static Model empty() {
    return new Model(
        new TreeMap<>(Arrays::compareUnsigned), new TreeMap<>(Arrays::compareUnsigned));
  }

  /// A root with some buckets, small and large, of which some have buckets of their own.
  static Model random(SplittableRandom random) {
    Model root = empty();
    int buckets = random.nextInt(6);
    for (int i = 0; i < buckets; i++) {
      root.buckets.put(key(random, 40), bucket(random, 2));
    }
    return root;
  }

  private static Model bucket(SplittableRandom random, int depth) {
    Model bucket = empty();
    int count = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(200);
    int valueBytesMax = random.nextInt(4) == 0 ? 20_000 : 200;
    int keyBytesMax = random.nextInt(8) == 0 ? 5000 : 40;
    int kept = count * (keyBytesMax + valueBytesMax) > 40_000_000 ? 500 : count;
    for (int i = 0; i < kept; i++) {
      byte[] value = new byte[random.nextInt(valueBytesMax + 1)];
      random.nextBytes(value);
      bucket.entries.put(key(random, keyBytesMax), value);
    }
    for (int i = 0; depth > 0 && i < random.nextInt(3); i++) {
      byte[] name = key(random, 40);
      bucket.entries.remove(name);
      bucket.buckets.put(name, bucket(random, depth - 1));
    }
    return bucket;
  }

  private static byte[] key(SplittableRandom random, int bytesMax) {
    byte[] key = new byte[1 + random.nextInt(bytesMax)];
    random.nextBytes(key);
    return key;
  }

  @Override
  public void tell(Entries to) throws IOException {
    TreeMap<byte[], Object> all = new TreeMap<>(Arrays::compareUnsigned);
    all.putAll(entries);
    all.putAll(buckets);
    for (Map.Entry<byte[], Object> entry : all.entrySet()) {
      if (entry.getValue() instanceof Model nested) {
        to.bucket(entry.getKey(), nested);
      } else {
        to.put(entry.getKey(), (byte[]) entry.getValue());
      }
    }
  }

  byte[] file() throws IOException {
    BboltWriter writer = BboltWriter.measure(this);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out::write);
    if (out.size() != writer.bytes()) {
      throw new AssertionError("%d bytes, measured %d".formatted(out.size(), writer.bytes()));
    }
    return out.toByteArray();
  }

  static Model read(BboltBucket bucket) throws IOException {
    Model read = empty();
    bucket.read(
        new BboltBucket.Visitor() {
          @Override
          public void entry(byte[] key, byte[] value) {
            read.entries.put(key, value);
          }

          @Override
          public void bucket(byte[] name, BboltBucket nested) throws IOException {
            read.buckets.put(name, Model.read(nested));
          }
        });
    return read;
  }

  boolean sameAs(Model other) {
    return entries.size() == other.entries.size()
        && entries.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), other.entries.get(entry.getKey())))
        && buckets.size() == other.buckets.size()
        && buckets.entrySet().stream()
            .allMatch(entry -> {
              Model twin = other.buckets.get(entry.getKey());
              return twin != null && entry.getValue().sameAs(twin);
            });
  }
}
