package dev.pintle.sim.member;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk that says it forced what it did not; nobody can live on it, so the simulation must notice.
record LyingDisk(Disk disk) implements Disk {
  @Override
  public DiskFile open(String name) throws IOException {
    return new LyingFile(disk.open(name));
  }

  private record LyingFile(DiskFile file) implements DiskFile {
    @Override
    public void force() {}

    @Override
    public String describe() {
      return file.describe();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
      file.write(source, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public List<String> names() throws IOException {
    return disk.names();
  }

  @Override
  public boolean exists(String name) throws IOException {
    return disk.exists(name);
  }

  @Override
  public void delete(String name) throws IOException {
    disk.delete(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void force() throws IOException {
    disk.force();
  }

  @Override
  public long roomBytes() throws IOException {
    return disk.roomBytes();
  }

  @Override
  public String describe(String name) {
    return disk.describe(name);
  }
}
