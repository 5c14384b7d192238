package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.storage.OrderedKvContract;

class MemoryKvTest extends OrderedKvContract {
  @Override
  protected OrderedKv open() {
    return new MemoryKv();
  }
}
