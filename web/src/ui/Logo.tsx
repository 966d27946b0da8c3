// The product's mark and name.
import classes from "./Logo.module.css";

export function Logo({ compact = false }: { compact?: boolean }) {
  return (
    <span className={classes.logo}>
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={classes.ground} />
        <path
          d="M20.5 11.2a6.6 6.6 0 1 0 0 9.6"
          fill="none"
          stroke="#fff"
          strokeWidth="3.2"
          strokeLinecap="round"
        />
        <circle cx="22.4" cy="16" r="2.4" fill="#fff" />
      </svg>
      <span className={compact ? "visually-hidden" : undefined}>Connective</span>
    </span>
  );
}
