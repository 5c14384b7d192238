/// The rules that a custom resource definition must keep before it is accepted. [DefinitionCheck] is where it begins; a
/// schema must be structural ([StructuralCheck], [NestedCheck], [CompletenessCheck]), must not use words of OpenAPI
/// that the API does not know ([KeywordCheck]), and must accept its own defaults ([DefaultsCheck]).
///
/// Errors are filed where upstream files them: what all versions say alike stands at the top of `spec` there, as
/// `spec.validation` and so on, and only what differs stands in `spec.versions`. [DefinitionSpec] tells which is which.
@NullMarked
package dev.pintle.kube.definition;

import org.jspecify.annotations.NullMarked;
