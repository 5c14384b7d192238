package dev.pintle.bench;

import dev.pintle.bench.client.Proto;
import java.util.Arrays;

/// Requests of etcd's API as bytes; the numbers are its field numbers.
final class EtcdCalls {
  static final String PUT = "/etcdserverpb.KV/Put";
  static final String RANGE = "/etcdserverpb.KV/Range";
  private static final int RANGE_END = 2;
  private static final int LIMIT = 3;
  private static final int COUNT_ONLY = 9;

  private EtcdCalls() {}

  static byte[] put(String key, int valueBytes) {
    byte[] value = new byte[valueBytes];
    Arrays.fill(value, (byte) 'x');
    return new Proto().text(1, key).bytes(2, value).done();
  }

  static byte[] get(String key) {
    return new Proto().text(1, key).done();
  }

  static byte[] first(int limit) {
    return everything().number(LIMIT, limit).done();
  }

  static byte[] count() {
    return everything().number(COUNT_ONLY, 1).done();
  }

  private static Proto everything() {
    return new Proto().bytes(1, new byte[1]).bytes(RANGE_END, new byte[1]);
  }
}
