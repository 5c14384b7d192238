package dev.pintle.examples.operator;

import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// The wishes of a site's owner.
public final class SiteSpec {
  @Required private @Nullable String page;
  private int replicas = 1;

  /// What the site shows.
  public @Nullable String getPage() {
    return page;
  }

  public void setPage(@Nullable String page) {
    this.page = page;
  }

  public int getReplicas() {
    return replicas;
  }

  public void setReplicas(int replicas) {
    this.replicas = replicas;
  }
}
