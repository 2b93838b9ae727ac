import './import.css';
import { useState, type DragEvent, type ReactNode } from 'react';
import { takeInFile } from './read-file.ts';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
}

/** Images dropped into the text belong to the editing column; every other file is taken in. */
function isText(file: File): boolean {
  return !file.type.startsWith('image/');
}

/** Takes in a file that is dropped anywhere on the window. */
export function DropFile({ children }: { children: ReactNode }) {
  const [isOver, setOver] = useState(false);
  return (
    <div
      className="drop-area"
      onDragEnter={(event) => {
        if (hasFiles(event)) setOver(true);
      }}
      onDragOver={(event) => {
        // Without this the browser would leave Stet and open the file.
        if (hasFiles(event)) event.preventDefault();
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        const file = [...event.dataTransfer.files].find(isText);
        if (file) void takeInFile(file);
      }}
    >
      {children}
      {isOver && (
        <div className="drop-hint" aria-hidden>
          <p>Let go to take in the file</p>
        </div>
      )}
    </div>
  );
}
