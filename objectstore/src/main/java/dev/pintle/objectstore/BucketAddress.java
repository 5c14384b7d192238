package dev.pintle.objectstore;

import java.net.URI;

/// The place of the objects: a bucket at an endpoint, and what all their names begin with.
///
/// @param endpoint the URL of the service, without a bucket
/// @param region as requests are signed for it
/// @param prefix ends with a slash, or is empty
record BucketAddress(URI endpoint, String region, String bucket, String prefix) {
  /// The path of an object, with the bucket in front. Names are of letters, digits and `-_./`, which no encoding changes.
  String path(String name) {
    return "/" + bucket + "/" + prefix + name;
  }

  URI url(String name) {
    return endpoint.resolve(path(name));
  }

  @Override
  public String toString() {
    return "%s/%s/%s".formatted(endpoint, bucket, prefix);
  }
}
