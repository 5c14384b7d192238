package dev.pintle.member.disk;

import java.io.IOException;
import java.util.List;

/// One folder of files. A name is a single path element.
public interface Disk {
  /// The files here, by name, in order.
  List<String> names() throws IOException;

  /// Opens for reading and writing; a missing file is made. That it exists is durable after [#force].
  DiskFile open(String name) throws IOException;

  boolean exists(String name) throws IOException;

  void delete(String name) throws IOException;

  /// Gives the file `from` the name `to`, in place of the file that has it, if any; durable after [#force].
  void rename(String from, String to) throws IOException;

  /// Makes every creation, deletion and renaming before it durable.
  void force() throws IOException;

  /// How many bytes more can be written, as far as is known.
  long roomBytes() throws IOException;

  /// What to call the file `name` in a message.
  String describe(String name);
}
