package dev.pintle.kube.schema;

/// How objects of a resource are kept.
///
/// @param prefix of their keys, without a slash at the end, such as `/registry/services/specs`
/// @param hash `storageVersionHash` of discovery, empty when nothing is stored
/// @param createOnUpdate whether an update of a missing object creates it
/// @param statusOnCreate whether the status that came with a new object is kept
/// @param generation when `metadata.generation` grows
public record Storing(
    String prefix,
    String hash,
    boolean createOnUpdate,
    boolean statusOnCreate,
    GenerationRule generation) {}
