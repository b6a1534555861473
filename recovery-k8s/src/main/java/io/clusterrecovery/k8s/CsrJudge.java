package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.List;

/** Judges what was seen: a pure function of the settings and of one look at the world. */
record CsrJudge(CsrSettings settings, Instant createdAfter) {

  List<Judged> judge(CsrWorld world) {
    Evidence evidence =
        new Evidence(
            settings.nodes(),
            settings.requester(),
            createdAfter,
            settings.lost(),
            world.objects(),
            world.kubelets());
    List<Judged> alone = world.requests().stream().map(r -> byItself(r, evidence)).toList();
    RivalRule rivals =
        new RivalRule(settings.rivalWait(), settings.named(), settings.newestAllowed());
    return alone.stream().map(j -> j.and(rivals.verdict(j, alone, world))).toList();
  }

  private static Judged byItself(CertificateRequest request, Evidence evidence) {
    return new Judged(
        request, CsrRule.ALL.stream().map(rule -> rule.verdict(request, evidence)).toList());
  }
}
