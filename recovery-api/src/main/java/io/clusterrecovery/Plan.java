package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What an operation found and would do: plain data, decided by a pure function of what was
 * observed.
 *
 * <p>Two plans of the same world are equal. {@link #toString()} prints a table; {@link #toJson()}
 * and {@link #fromJson(String)} carry a plan elsewhere, for review. A plan with {@link #refusals()}
 * will not be carried out; one without {@link #changes()} and without refusals says that all is as
 * wanted.
 *
 * @param operation the operation's name
 * @param target what it works on
 * @param facts what was observed and the plan rests on, part of the {@link #fingerprint()}
 * @param changes what would be changed, in order
 * @param refusals every reason not to start, all at once
 * @param forced each forcing that the caller wrote, by the name of its setter
 * @param notes what a reader should know besides; not part of the fingerprint
 */
public record Plan(
    String operation,
    String target,
    List<Fact> facts,
    List<Change> changes,
    List<Refusal> refusals,
    List<String> forced,
    List<String> notes) {

  /** Copies the lists. */
  public Plan {
    requireNonNull(operation, "operation");
    requireNonNull(target, "target");
    facts = List.copyOf(facts);
    changes = List.copyOf(changes);
    refusals = List.copyOf(refusals);
    forced = List.copyOf(forced);
    notes = List.copyOf(notes);
  }

  /** {@return a builder of a plan} */
  public static Builder of(String operation, String target) {
    return new Builder(operation, target);
  }

  /** {@return a digest of what was observed and decided: equal as long as the world stays so} */
  public String fingerprint() {
    return Fingerprint.of(this);
  }

  /** {@return whether nothing is refused and nothing is left to change} */
  public boolean satisfied() {
    return refusals.isEmpty() && changes.isEmpty();
  }

  /** {@return this plan as JSON} */
  public String toJson() {
    return Json.write(this);
  }

  /**
   * Reads a plan back.
   *
   * @throws IllegalArgumentException if the text is not a plan
   */
  public static Plan fromJson(String json) {
    return Json.read(json, Plan.class);
  }

  @Override
  public String toString() {
    return PlanTable.of(this);
  }

  /** Collects a plan. Not thread-safe. */
  public static final class Builder {
    private final String operation;
    private final String target;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> forced = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Builder(String operation, String target) {
      this.operation = operation;
      this.target = target;
    }

    /** Adds something observed. */
    public Builder fact(String name, String value) {
      facts.add(new Fact(name, value));
      return this;
    }

    /** Adds a change. */
    public Builder change(Change change) {
      changes.add(change);
      return this;
    }

    /** Adds a reason not to start. */
    public Builder refuse(Code code, String found, String next) {
      return refuse(new Refusal(code, found, next));
    }

    /** Adds a reason not to start. */
    public Builder refuse(Refusal refusal) {
      refusals.add(refusal);
      return this;
    }

    /** Adds a forcing that the caller wrote. */
    public Builder forced(String setter) {
      forced.add(setter);
      return this;
    }

    /** Adds a note. */
    public Builder note(String note) {
      notes.add(note);
      return this;
    }

    /** {@return the plan; one that refuses holds no changes} */
    public Plan build() {
      List<Change> kept = refusals.isEmpty() ? changes : List.of();
      return new Plan(operation, target, facts, kept, refusals, forced, notes);
    }

    @Override
    public String toString() {
      return "plan of '%s' for %s, not built yet".formatted(operation, target);
    }
  }
}
