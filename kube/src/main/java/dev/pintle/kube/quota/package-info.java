/// Resource quotas: what objects use of them ([dev.pintle.kube.quota.UsageEvaluator]), the admission plugin that charges a quota in the
/// transaction of the write ([dev.pintle.kube.quota.ResourceQuotaAdmission]), those writes of one namespace that are under way
/// ([dev.pintle.kube.quota.QuotaLedger]), and the controller that counts anew what is used
/// ([dev.pintle.kube.quota.QuotaController]).
@NullMarked
package dev.pintle.kube.quota;

import org.jspecify.annotations.NullMarked;
