package dev.pintle.server.pki;

import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The right to change the credentials, which one process has at a time: the server, or the command that renews them.
public final class PkiLock implements AutoCloseable {
  static final String FILE = "lock";

  private final FileChannel file;

  private PkiLock(FileChannel file) {
    this.file = file;
  }

  /// Waits for it.
  public static PkiLock take(Path pki) throws IOException {
    PrivateFiles.createFolder(pki);
    FileChannel file =
        FileChannel.open(
            pki.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      var _ = file.lock();
      return new PkiLock(file);
    } catch (IOException failed) {
      file.close();
      throw failed;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
