package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdSigner.SignerSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another step, with the signer there.
 *
 * @param inner the other step
 */
record SignerStep<R>(SignerSettings settings, RecoveryStep<R> inner)
    implements RecoveryStep<Signed<R>> {

  @Override
  public String operation() {
    return inner.operation() + ", with a signer of certificates";
  }

  @Override
  public List<RemoteHost> hosts() {
    return Stream.concat(Stream.of(settings.host()), inner.hosts().stream()).distinct().toList();
  }

  @Override
  public Prepared<Signed<R>> prepare(RunContext run) {
    Prepared<R> prepared = inner(run);
    SignerLook look = SignerLook.at(settings, run);
    SignerRules rules = new SignerRules(settings, look);
    boolean signs = !prepared.plan().changes().isEmpty() && look.silence().isEmpty();
    Plan.Builder plan = Plan.of(operation(), prepared.plan().target());
    plan.fact("signer's pod", look.pod().map(SignerPods.Pod::state).orElse("none is known"));
    rules.left().ifPresent(pod -> plan.change(SignerRules.removal(pod)));
    if (signs) {
      rules.refusals().forEach(plan::refuse);
      images(rules, run, plan);
      plan.change(SignerRules.start(settings));
    } else if (!prepared.plan().changes().isEmpty()) {
      plan.note("No signer is run, as the API could not be asked for it: " + look.silence());
    }
    addTo(plan, prepared.plan(), rules.left().isPresent());
    if (signs) {
      plan.change(SignerRules.stop());
    }
    return new Prepared<>(plan.build(), acting -> act(prepared, rules.left(), signs, acting));
  }

  /** A step that could not even look refuses, which must not keep a pod from being deleted. */
  private Prepared<R> inner(RunContext run) {
    try {
      return inner.prepare(run);
    } catch (RecoveryException e) {
      Plan.Builder plan = Plan.of(inner.operation(), "what it works on could not be looked at");
      List<Refusal> refusals =
          e instanceof RefusedException refused
              ? refused.refusals()
              : List.of(new Refusal(e.code(), e.found(), e.next()));
      refusals.forEach(plan::refuse);
      return new Prepared<>(
          plan.build(),
          acting -> {
            throw e;
          });
    }
  }

  private void images(SignerRules rules, RunContext run, Plan.Builder plan) {
    if (!rules.refusals().isEmpty()) {
      return;
    }
    try {
      plan.fact("image of the signer", settings.images(run).signer());
    } catch (RecoveryException e) {
      plan.refuse(e.code(), e.found(), e.next());
    }
  }

  /** Where a pod is to be deleted first, the step's refusals wait until that is done. */
  private static void addTo(Plan.Builder plan, Plan inner, boolean podIsLeft) {
    inner.facts().forEach(fact -> plan.fact(fact.name(), fact.value()));
    inner.changes().forEach(plan::change);
    inner.forced().forEach(plan::forced);
    inner.notes().forEach(plan::note);
    for (Refusal refusal : inner.refusals()) {
      if (podIsLeft) {
        plan.note("After that it is refused: " + refusal.found());
      } else {
        plan.refuse(refusal);
      }
    }
  }

  private Signed<R> act(
      Prepared<R> prepared, Optional<SignerPods.Pod> left, boolean signs, RunContext run) {
    SignerAct act = new SignerAct(settings, run);
    left.ifPresent(act::removeLeft);
    ExpansionAct.requireNone(prepared.plan().refusals(), run);
    if (prepared.plan().changes().isEmpty()) {
      return new Signed<>(prepared.act().apply(run), List.of());
    }
    R result;
    try {
      if (signs) {
        act.open();
      }
      result = prepared.act().apply(run);
    } catch (RuntimeException e) {
      throw act.closedAfter(e);
    }
    return new Signed<>(result, act.close());
  }

  @Override
  public String toString() {
    return inner + " with the signer on " + settings.host().name();
  }
}
