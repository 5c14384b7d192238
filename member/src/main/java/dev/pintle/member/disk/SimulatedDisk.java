package dev.pintle.member.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// A folder that lives in memory and behaves like a bad disk when the power goes: of what was not forced, any part of any
/// size may be there or not. A force that failed is told once; the next one does not cover what it was to force. For one thread.
public final class SimulatedDisk implements Disk {
  private final SplittableRandom random;
  private final TreeMap<String, SimulatedFile> files = new TreeMap<>();

  /// The names as the last [#force] left them.
  private TreeMap<String, SimulatedFile> durable = new TreeMap<>();

  private long roomBytes = Long.MAX_VALUE;
  private long operationsUntilFailure = Long.MAX_VALUE;
  private boolean withoutDescriptors;

  public SimulatedDisk(SplittableRandom random) {
    this.random = random;
  }

  /// From now on only `bytes` more can be written.
  public void leaveRoom(long bytes) {
    roomBytes = bytes;
  }

  /// The write or force after `operations` more of them fails, and all after it, until the next [#crash] or [#heal].
  public void failAfter(long operations) {
    operationsUntilFailure = operations;
  }

  /// There is room again, and nothing fails.
  public void heal() {
    roomBytes = Long.MAX_VALUE;
    operationsUntilFailure = Long.MAX_VALUE;
  }

  /// While `exhausted`, nothing can be opened, a folder neither.
  public void exhaustDescriptors(boolean exhausted) {
    withoutDescriptors = exhausted;
  }

  private void requireDescriptor(String resource) throws IOException {
    if (withoutDescriptors) {
      throw new NoDescriptor(resource);
    }
  }

  /// Power goes and comes back: forced bytes are whole, the others are a matter of luck, and open files are closed.
  public void crash() {
    TreeMap<String, SimulatedFile> survived = new TreeMap<>();
    TreeMap<String, SimulatedFile> names = random.nextBoolean() ? files : durable;
    names.forEach((name, file) -> survived.put(name, file.crashed(random.split())));
    files.clear();
    files.putAll(survived);
    durable = new TreeMap<>(survived);
    operationsUntilFailure = Long.MAX_VALUE;
  }

  /// Turns one bit of a file, as age does.
  public void damage(String name, long position) {
    require(name).damage(Math.toIntExact(position));
  }

  /// The bytes of a file as they would be read now.
  public byte[] contents(String name) {
    return require(name).contents();
  }

  private SimulatedFile require(String name) {
    SimulatedFile file = files.get(name);
    if (file == null) {
      throw new IllegalArgumentException("file: %s (expected: one of %s)".formatted(name, names()));
    }
    return file;
  }

  /// Counts a write or a force of `bytes` against room and luck.
  void spend(String resource, long bytes) throws IOException {
    if (operationsUntilFailure == 0) {
      throw new IOException("%s: the disk failed".formatted(resource));
    }
    operationsUntilFailure--;
    if (bytes > roomBytes) {
      throw new DiskFull(resource);
    }
    roomBytes -= bytes;
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public DiskFile open(String name) throws IOException {
    requireDescriptor(name);
    return files.computeIfAbsent(name, missing -> new SimulatedFile(this, missing)).opened();
  }

  @Override
  public boolean exists(String name) {
    return files.containsKey(name);
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    spend(from, 0);
    SimulatedFile file = require(from);
    file.rename(to);
    files.put(to, file);
    files.remove(from);
  }

  @Override
  public void force() throws IOException {
    requireDescriptor("folder");
    spend("folder", 0);
    durable = new TreeMap<>(files);
  }

  @Override
  public long roomBytes() {
    return roomBytes;
  }

  @Override
  public String describe(String name) {
    return "simulated/" + name;
  }
}
