package dev.pintle.kube.controller;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectIndex;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.ArrayList;
import java.util.List;

/// The pods of one namespace that have a node, found by the claims that they use: of many claims that are released one after the other each
/// costs what changed since.
final class ClaimUsers {
  private final ObjectIndex index;

  ClaimUsers(ResourceType pods, String namespace) {
    this.index = new ObjectIndex(pods, Keys.range(pods, namespace), ClaimUsers::words);
  }

  /// How many pods it knows.
  int size() {
    return index.size();
  }

  boolean isUsed(StoredObject claim, ObjectView view) {
    return isKnown(named(claim.name()), view)
        || claim.facts().ownerUids().stream()
            .anyMatch(pod -> isKnown(madeFor(pod, claim.name()), view));
  }

  private boolean isKnown(String word, ObjectView view) {
    return !index.keys(word, view).isEmpty();
  }

  /// The word of who names a claim, whoever owns that.
  private static String named(String claim) {
    return "of any: " + claim;
  }

  /// The word of a pod that uses a claim which is made for it.
  private static String madeFor(String pod, String claim) {
    return "of " + pod + ": " + claim;
  }

  private static List<String> words(StoredObject pod) {
    List<String> words = new ArrayList<>(0);
    if (pod.text("spec.nodeName").isEmpty()) {
      return words;
    }
    JsonObject tree = pod.tree();
    for (JsonObject volume : tree.objectOrEmpty("spec").objects("volumes")) {
      JsonObject named = volume.object("persistentVolumeClaim");
      if (named != null) {
        words.add(named(named.textOrEmpty("claimName")));
      } else if (volume.object("ephemeral") != null && !isShutDown(pod, tree)) {
        words.add(madeFor(pod.uid(), UsedClaims.ownName(pod, volume)));
      }
    }
    return words;
  }

  /// It is deleted for good, and only waits to be gone: its volumes are out of use.
  private static boolean isShutDown(StoredObject pod, JsonObject tree) {
    return pod.isBeingDeleted()
        && tree.objectOrEmpty("metadata").get("deletionGracePeriodSeconds")
            instanceof Json.Whole(long seconds)
        && seconds == 0;
  }
}
