package dev.pintle.server;

import java.util.List;

/// What etcd's clients are told to use: what was configured, else where the listener turned out to be.
final class AdvertisedUrls {
  private volatile List<String> urls;

  AdvertisedUrls(List<String> configured) {
    this.urls = configured;
  }

  List<String> get() {
    return urls;
  }

  void listening(String url) {
    if (urls.isEmpty()) {
      urls = List.of(url);
    }
  }
}
