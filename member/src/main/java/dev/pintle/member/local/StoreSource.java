package dev.pintle.member.local;

import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.keyspace.OrderedKv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The maker of the storage of a member on disk.
public interface StoreSource {
  /// The name of the backend that is wanted; empty for that with which the folder was made, and for the usual one in a new folder.
  Optional<String> wanted();

  /// Whether what is kept is to be encrypted: a folder that is otherwise is refused.
  boolean seals();

  /// What seals the files of the member in `folder`; asked once, before anything is opened, when it [#seals].
  ///
  /// @throws IOException when the keys at hand do not open what is there; nothing was changed then
  Seal seal(Path folder) throws IOException;

  /// Opens the store that lies in `folder`, or makes one, sealed when it [#seals].
  ///
  /// @param backend the one that is wanted, or what the folder says
  OrderedKv open(String backend, Path folder);

  /// A source that opens everything alike, and encrypts nothing.
  static StoreSource of(Function<Path, OrderedKv> opening) {
    return new StoreSource() {
      @Override
      public Optional<String> wanted() {
        return Optional.empty();
      }

      @Override
      public boolean seals() {
        return false;
      }

      @Override
      public Seal seal(Path folder) {
        throw new IllegalStateException("encrypts nothing");
      }

      @Override
      public OrderedKv open(String backend, Path folder) {
        return opening.apply(folder);
      }
    };
  }
}
