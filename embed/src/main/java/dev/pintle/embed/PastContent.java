package dev.pintle.embed;

import java.util.Optional;

/// The objects of a server as they were at one revision, read by anybody at any time until the revision is compacted.
///
/// Objects are named by the paths of the API, and answered in the version of the path: JSON as the server would have answered it then.
/// Types are those that are served now: what was of a definition that is gone cannot be asked for.
public final class PastContent {
  private final long revision;

  PastContent(long revision) {
    this.revision = revision;
  }

  /// The moment that is read.
  public long revision() {
    return revision;
  }

  /// An object, as JSON; empty when there was none of that name.
  ///
  /// @param path such as `/api/v1/namespaces/default/configmaps/mine`
  /// @throws IllegalArgumentException when it does not name an object of a type that is served
  /// @throws CompactedRevisionException when the history of that time is gone
  public Optional<String> object(String path) {
    throw new UnsupportedOperationException();
  }

  /// A collection, as the JSON of a list, in the order of the names.
  ///
  /// @param path such as `/apis/apps/v1/deployments`, of all namespaces; a query may have a `labelSelector` and a `fieldSelector`
  /// @throws IllegalArgumentException when it does not name a collection of a type that is served
  /// @throws CompactedRevisionException when the history of that time is gone
  public String list(String path) {
    throw new UnsupportedOperationException();
  }
}
