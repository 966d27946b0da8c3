// What I am told in person, on every page.
export { NoticeBell } from "./NoticeBell";
export { NoticeToasts } from "./NoticeToasts";
