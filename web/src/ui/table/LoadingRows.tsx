// Grey rows in the table's own measure, so that nothing jumps when the data comes.
import { Skeleton } from "@mantine/core";

const widths = ["70%", "45%", "60%", "52%"];

export function LoadingRows({ columns, rows = 8 }: { columns: number; rows?: number }) {
  const cells = Array.from({ length: columns }, (_, column) => column);
  return Array.from({ length: rows }, (_, row) => row).map((row) => (
    <tr key={row} aria-hidden>
      {cells.map((column) => (
        <td key={column}>
          <Skeleton height={12} width={widths[(row + column) % widths.length]} radius="sm" />
        </td>
      ))}
    </tr>
  ));
}
