package dev.pintle.member.log;

class MemoryLogTest extends CommitLogContract {
  @Override
  CommitLog create() {
    return new MemoryLog();
  }
}
