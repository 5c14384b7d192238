package dev.pintle.examples.operator;

import io.fabric8.generator.annotation.Required;

/// The wishes of a site's owner.
public final class SiteSpec {
  @Required private String page = "";
  private int replicas = 1;

  /// What the site shows.
  public String getPage() {
    return page;
  }

  public void setPage(String page) {
    this.page = page;
  }

  public int getReplicas() {
    return replicas;
  }

  public void setReplicas(int replicas) {
    this.replicas = replicas;
  }
}
