package io.clusterrecovery.k8s;

import java.util.List;
import java.util.function.BiFunction;

/**
 * One rule that a request has to keep: a pure function of the request and of what it is judged
 * against.
 */
record CsrRule(String name, BiFunction<CertificateRequest, Evidence, Finding> judge) {

  /** Every rule that looks at one request by itself, in the order that reports have them. */
  static final List<CsrRule> ALL =
      List.of(
          new CsrRule("signer", OriginRules::signer),
          new CsrRule("undecided", OriginRules::undecided),
          new CsrRule("created-after", OriginRules::createdAfter),
          new CsrRule("expected-node", OriginRules::expectedNode),
          new CsrRule("old-host-lost", OriginRules::oldHostLost),
          new CsrRule("living-kubelet", KubeletRule::living),
          new CsrRule("requester", OriginRules::requester),
          new CsrRule("groups", OriginRules::groups),
          new CsrRule("usages", OriginRules::usages),
          new CsrRule("readable", ContentRules::readable),
          new CsrRule("self-signature", ContentRules::selfSignature),
          new CsrRule("key", ContentRules::key),
          new CsrRule("subject", ContentRules::subject),
          new CsrRule("name-kinds", ContentRules::nameKinds),
          new CsrRule("names-present", ContentRules::namesPresent),
          new CsrRule("names-of-node", ContentRules::namesOfNode),
          new CsrRule("nothing-else", ContentRules::nothingElse));

  RuleVerdict verdict(CertificateRequest request, Evidence evidence) {
    return judge.apply(request, evidence).by(name);
  }
}
